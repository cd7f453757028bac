package io.layar.config.validate;

import io.layar.config.Resource;
import io.layar.config.Validation;
import io.layar.config.decode.FieldPath;
import io.layar.config.names.DnsNames;
import io.layar.config.names.Protocol;
import io.layar.config.networking.Gateway;
import io.layar.config.networking.Port;
import io.layar.config.networking.Server;
import io.layar.config.networking.ServerTLSSettings;
import io.layar.config.networking.ServerTLSSettings.TLSmode;
import java.util.HashSet;
import org.jspecify.annotations.Nullable;

/** What is refused or questioned in a Gateway. */
final class GatewayRules {
    private static final FieldPath SERVERS = FieldPath.ROOT.field("spec").field("servers");

    private GatewayRules() {}

    static void check(Resource<Gateway> gateway, Validation v) {
        if (!DnsNames.isLabel(gateway.name())) {
            v.error(FieldPath.ROOT.field("metadata").field("name"), "invalid gateway name: \"%s\"", gateway.name());
        }
        var servers = gateway.spec().servers();
        if (servers.isEmpty()) {
            v.error(SERVERS, "gateway must have at least one server");
        }
        var names = new HashSet<String>();
        for (int i = 0; i < servers.size(); i++) {
            var path = SERVERS.index(i);
            server(v, path, servers.get(i));
            portName(v, path, servers.get(i), names);
        }
    }

    private static void portName(Validation v, FieldPath path, Server server, HashSet<String> names) {
        var port = server.port();
        if (port == null) {
            return;
        }
        if (!names.add(port.name())) {
            v.error(
                    path.field("port").field("name"),
                    "port names in servers must be unique: duplicate name %s",
                    port.name());
        }
        if (!Protocol.parse(port.protocol()).isHttp()
                && server.tls() != null
                && server.tls().httpsRedirect()) {
            v.warning(
                    path.field("tls").field("httpsRedirect"),
                    "tls.httpsRedirect should only be used with http servers");
        }
    }

    private static void server(Validation v, FieldPath path, Server server) {
        if (server.hosts().isEmpty()) {
            v.error(path, "server config must contain at least one host");
        }
        for (int i = 0; i < server.hosts().size(); i++) {
            SharedRules.scopedHost(
                    v, path.field("hosts").index(i), server.hosts().get(i), true);
        }
        boolean portIsGood = port(v, path.field("port"), server.port(), server.bind());
        bind(v, path.field("bind"), server.port(), server.bind());
        var tls = server.tls();
        if (tls != null) {
            ServerTlsRules.check(v, path.field("tls"), tls);
        }
        if (portIsGood && server.port() != null) {
            tlsFitsProtocol(v, path, Protocol.parse(server.port().protocol()), tls);
        }
    }

    private static boolean port(Validation v, FieldPath path, @Nullable Port port, String bind) {
        int before = v.problems().size();
        if (port == null) {
            v.error(path, "port is required");
            return false;
        }
        if (Protocol.parse(port.protocol()).isUnsupported()) {
            v.error(
                    path.field("protocol"),
                    "invalid protocol \"%s\", supported protocols are HTTP, HTTP2, GRPC, GRPC-WEB, MONGO, REDIS, MYSQL,"
                            + " TCP",
                    port.protocol());
        }
        if (port.number() != 0 || !bind.startsWith(SharedRules.UNIX)) {
            SharedRules.port(v, path.field("number"), port.number());
        }
        if (port.targetPort() != 0) {
            v.error(path.field("targetPort"), "targetPort has no impact on Gateways");
        }
        if (port.name().isEmpty()) {
            v.error(path, "port name must be set: number:%d", Integer.toUnsignedLong(port.number()));
        }
        return v.problems().size() == before;
    }

    private static void bind(Validation v, FieldPath path, @Nullable Port port, String bind) {
        if (bind.startsWith(SharedRules.UNIX)) {
            SharedRules.unixPath(v, path, bind.substring(SharedRules.UNIX.length()));
            if (port != null && port.number() != 0) {
                v.error(
                        path,
                        "port number must be 0 for unix domain socket: %d",
                        Integer.toUnsignedLong(port.number()));
            }
        } else if (!bind.isEmpty()) {
            SharedRules.address(v, path, bind);
        }
    }

    private static void tlsFitsProtocol(
            Validation v, FieldPath path, Protocol protocol, @Nullable ServerTLSSettings tls) {
        if (protocol.isTls()) {
            if (tls == null) {
                v.error(path, "server must have TLS settings for HTTPS/TLS protocols");
            }
            return;
        }
        if (tls == null) {
            return;
        }
        if (!protocol.isHttp()) {
            v.error(path.field("tls"), "server cannot have TLS settings for non HTTPS/TLS ports");
            return;
        }
        boolean passesThrough = tls.mode() == TLSmode.PASSTHROUGH || tls.mode() == TLSmode.AUTO_PASSTHROUGH;
        boolean files = !tls.caCertificates().isEmpty()
                || !tls.privateKey().isEmpty()
                || !tls.serverCertificate().isEmpty();
        if (!passesThrough || files) {
            v.error(path.field("tls"), "server cannot have TLS settings for plain text HTTP ports");
        }
    }
}
