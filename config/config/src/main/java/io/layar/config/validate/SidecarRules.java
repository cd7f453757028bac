package io.layar.config.validate;

import com.google.common.collect.ImmutableSet;
import com.google.common.primitives.Ints;
import io.layar.config.Resource;
import io.layar.config.Validation;
import io.layar.config.decode.FieldPath;
import io.layar.config.names.DnsNames;
import io.layar.config.names.Protocol;
import io.layar.config.networking.CaptureMode;
import io.layar.config.networking.IstioEgressListener;
import io.layar.config.networking.IstioIngressListener;
import io.layar.config.networking.OutboundTrafficPolicy;
import io.layar.config.networking.ServerTLSSettings;
import io.layar.config.networking.ServerTLSSettings.TLSmode;
import io.layar.config.networking.Sidecar;
import io.layar.config.networking.SidecarPort;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What is refused or questioned in a Sidecar. */
final class SidecarRules {
    private static final FieldPath SPEC = FieldPath.ROOT.field("spec");
    private static final ImmutableSet<String> LOCAL = ImmutableSet.of("", "127.0.0.1", "0.0.0.0", "::1", "::");

    private SidecarRules() {}

    static void check(Resource<Sidecar> resource, Validation v) {
        var sidecar = resource.spec();
        var selector = sidecar.workloadSelector();
        if (selector != null) {
            SharedRules.workloadLabels(v, SPEC.field("workloadSelector"), "sidecar", selector.labels());
        }
        if (sidecar.egress().isEmpty()
                && sidecar.ingress().isEmpty()
                && sidecar.outboundTrafficPolicy() == null
                && sidecar.inboundConnectionPool() == null) {
            v.error(SPEC, "sidecar: empty configuration provided");
            return;
        }
        var ports = new HashSet<Integer>();
        for (int i = 0; i < sidecar.ingress().size(); i++) {
            ingress(v, SPEC.field("ingress").index(i), sidecar.ingress().get(i), ports);
        }
        ConnectionPoolRules.check(v, SPEC.field("inboundConnectionPool"), sidecar.inboundConnectionPool());
        egress(v, resource);
        var policy = sidecar.outboundTrafficPolicy();
        if (policy != null) {
            outbound(v, SPEC.field("outboundTrafficPolicy"), policy);
        }
    }

    private static void ingress(Validation v, FieldPath path, IstioIngressListener listener, Set<Integer> ports) {
        var port = listener.port();
        if (port == null) {
            v.error(path, "sidecar: port is required for ingress listeners");
            return;
        }
        targetPort(v, path, port);
        portName(v, path, port);
        SharedRules.protocol(v, path.field("port").field("protocol"), port.protocol());
        SharedRules.port(v, path.field("port").field("number"), port.number());
        if (!listener.bind().isEmpty()) {
            SharedRules.address(v, path.field("bind"), listener.bind());
        }
        if (!ports.add(port.number())) {
            v.error(path.field("port"), "sidecar: ports on IP bound listeners must be unique");
        }
        defaultEndpoint(v, path.field("defaultEndpoint"), listener.defaultEndpoint());
        var protocol = Protocol.parse(port.protocol());
        if (listener.tls() != null) {
            tls(v, path.field("tls"), listener.tls(), protocol);
        }
        var pool = listener.connectionPool();
        ConnectionPoolRules.check(v, path.field("connectionPool"), pool);
        if (pool != null && pool.http() != null && !protocol.isHttp()) {
            v.warning(
                    path.field("connectionPool"),
                    "sidecar: HTTP connection pool settings are configured for port %d (\"%s\") but its protocol is not"
                            + " HTTP (%s); only TCP settings will apply",
                    Integer.toUnsignedLong(port.number()),
                    port.name(),
                    port.protocol());
        }
    }

    private static void targetPort(Validation v, FieldPath path, SidecarPort port) {
        if (port.targetPort() != 0) {
            v.error(path.field("port").field("targetPort"), "targetPort has no impact on Sidecars");
        }
    }

    private static void portName(Validation v, FieldPath path, SidecarPort port) {
        if (!port.name().isEmpty()) {
            SharedRules.portName(v, path.field("port").field("name"), port.name());
        }
    }

    /** {@code address:port} of a loopback address, {@code :port}, or {@code unix://path}. */
    private static void defaultEndpoint(Validation v, FieldPath path, String endpoint) {
        if (endpoint.isEmpty()) {
            return;
        }
        if (endpoint.startsWith(SharedRules.UNIX)) {
            SharedRules.unixPath(v, path, endpoint.substring(SharedRules.UNIX.length()));
            return;
        }
        int colon = endpoint.lastIndexOf(':');
        var host = colon < 0 ? "" : endpoint.substring(0, colon);
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        if (colon < 0) {
            v.error(path, "address %s: missing port in address", endpoint);
        } else if (!bracketed && host.contains(":")) {
            v.error(path, "address %s: too many colons in address", endpoint);
        }
        var address = bracketed ? host.substring(1, host.length() - 1) : host;
        if (!LOCAL.contains(address)) {
            v.error(
                    path,
                    "sidecar: defaultEndpoint must be of form"
                            + " 127.0.0.1:<port>,0.0.0.0:<port>,[::1]:port,[::]:port,unix://filepath or unset");
        }
        var port = Ints.tryParse(endpoint.substring(colon + 1));
        if (port == null) {
            v.error(path, "sidecar: defaultEndpoint port (%s) is not a number", endpoint.substring(colon + 1));
        } else {
            SharedRules.port(v, path, port);
        }
    }

    private static void tls(Validation v, FieldPath path, ServerTLSSettings tls, Protocol protocol) {
        if (!tls.subjectAltNames().isEmpty()) {
            v.error(path, "sidecar: subjectAltNames is not supported in ingress tls");
        }
        if (tls.httpsRedirect()) {
            v.error(path, "sidecar: httpsRedirect is not supported");
        }
        if (!tls.credentialName().isEmpty()) {
            v.error(path, "sidecar: credentialName is not currently supported");
        }
        if (!tls.credentialNames().isEmpty()) {
            v.error(path, "sidecar: credentialNames is not currently supported");
        }
        if (!tls.tlsCertificates().isEmpty()) {
            v.error(path, "sidecar: tls_certificates is not currently supported");
        }
        if (tls.mode() == TLSmode.ISTIO_MUTUAL || tls.mode() == TLSmode.AUTO_PASSTHROUGH) {
            v.error(path, "configuration is invalid: cannot set mode to %s in sidecar ingress tls", tls.mode());
        }
        if (!protocol.isTls()) {
            v.error(path, "server cannot have TLS settings for non HTTPS/TLS ports");
        }
        ServerTlsRules.check(v, path, tls);
    }

    private static void egress(Validation v, Resource<Sidecar> resource) {
        var listeners = resource.spec().egress();
        var ports = new HashSet<Integer>();
        var sockets = new HashSet<String>();
        for (int i = 0; i < listeners.size(); i++) {
            var listener = listeners.get(i);
            var path = SPEC.field("egress").index(i);
            var port = listener.port();
            if (port == null) {
                if (i != listeners.size() - 1) {
                    v.error(
                            path,
                            "sidecar: the egress listener with empty port should be the last listener in the list");
                }
            } else {
                egressPort(v, path, listener, port);
                if (port.number() == 0 ? !sockets.add(listener.bind()) : !ports.add(port.number())) {
                    v.error(
                            path,
                            port.number() == 0
                                    ? "sidecar: unix domain socket values for listeners must be unique"
                                    : "sidecar: ports on IP bound listeners must be unique");
                }
            }
            hosts(v, path, listener, resource.namespace());
        }
    }

    private static void egressPort(Validation v, FieldPath path, IstioEgressListener listener, SidecarPort port) {
        targetPort(v, path, port);
        portName(v, path, port);
        SharedRules.protocol(v, path.field("port").field("protocol"), port.protocol());
        var bind = listener.bind();
        if (port.number() != 0) {
            SharedRules.port(v, path.field("port").field("number"), port.number());
            if (!bind.isEmpty()) {
                SharedRules.address(v, path.field("bind"), bind);
            }
            return;
        }
        if (bind.startsWith(SharedRules.UNIX)) {
            SharedRules.unixPath(v, path.field("bind"), bind.substring(SharedRules.UNIX.length()));
        } else {
            v.error(path, "sidecar: ports with 0 value must have a unix domain socket bind address");
        }
        if (listener.captureMode() == CaptureMode.IPTABLES) {
            v.error(path, "sidecar: captureMode must be DEFAULT/NONE for unix domain socket listeners");
        }
    }

    private static void hosts(Validation v, FieldPath path, IstioEgressListener listener, String namespace) {
        if (listener.hosts().isEmpty()) {
            v.error(path, "sidecar: egress listener must contain at least one host");
        }
        Map<String, Set<String>> seen = new HashMap<>();
        for (int i = 0; i < listener.hosts().size(); i++) {
            var host = listener.hosts().get(i);
            var at = path.field("hosts").index(i);
            int slash = host.indexOf('/');
            if (slash >= 0 && !host.startsWith("~")) {
                var scope = host.substring(0, slash).equals(".") ? namespace : host.substring(0, slash);
                var names = seen.computeIfAbsent(scope, none -> new HashSet<>());
                var name = host.substring(slash + 1);
                boolean repeated = name.equals("*") ? !names.isEmpty() : names.contains(name) || names.contains("*");
                if (repeated) {
                    v.warning(at, "duplicated egress host: %s", host);
                }
                names.add(name);
            }
            SharedRules.scopedHost(v, at, host, false);
        }
        if (seen.getOrDefault("*", Set.of()).contains("*") && seen.size() != 1) {
            v.warning(path, "`*/*` host select all resources, no other hosts can be added");
        }
    }

    private static void outbound(Validation v, FieldPath path, OutboundTrafficPolicy policy) {
        var proxy = policy.egressProxy();
        if (proxy == null) {
            return;
        }
        if (policy.mode() != OutboundTrafficPolicy.Mode.ALLOW_ANY) {
            v.error(path, "sidecar: egress_proxy must be set only with ALLOW_ANY outbound_traffic_policy mode");
            return;
        }
        v.require(path.field("egressProxy").field("host"), DnsNames.fullNameProblem(proxy.host()));
        if (proxy.port() == null) {
            v.error(path, "sidecar: egress_proxy port must be non-nil");
            return;
        }
        RouteRules.destination(v, path.field("egressProxy"), proxy);
    }
}
