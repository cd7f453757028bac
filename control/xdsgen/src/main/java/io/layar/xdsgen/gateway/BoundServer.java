package io.layar.xdsgen.gateway;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import io.layar.config.networking.Port;
import io.layar.config.networking.Server;
import io.layar.config.networking.ServerTLSSettings;
import io.layar.config.networking.ServerTLSSettings.TLSmode;
import io.layar.mesh.service.Protocol;
import org.jspecify.annotations.Nullable;

/**
 * A server of a Gateway that is bound to the proxy.
 *
 * <p>Shape: {@code gateway} is {@code namespace/name}; {@code hosts} are {@code namespace/host} or {@code host}, without
 * {@code .} and {@code *} for namespaces; {@code routeName} is empty where no HTTP is terminated. Equality: identity, as two
 * servers may say the same.
 */
public final class BoundServer {
    private final String gateway;
    private final Server server;
    private final Port port;
    private final ImmutableList<String> hosts;
    private final String routeName;

    private BoundServer(String gateway, Server server, Port port, ImmutableList<String> hosts, String routeName) {
        this.gateway = gateway;
        this.server = server;
        this.port = port;
        this.hosts = hosts;
        this.routeName = routeName;
    }

    /**
     * Binds a server to a port of the proxy.
     *
     * @param listenPort the proxy's port, which a Service may map the server's own to
     */
    static BoundServer of(String namespace, String name, Server server, Port port, int listenPort) {
        return new BoundServer(
                namespace + "/" + name,
                server,
                port,
                resolve(server.hosts(), namespace),
                routeName(server, port, listenPort, namespace, name));
    }

    private static ImmutableList<String> resolve(ImmutableList<String> hosts, String namespace) {
        if (hosts.contains("*/*")) {
            return ImmutableList.of("*");
        }
        return hosts.stream()
                .map(host -> host.startsWith("./")
                        ? namespace + host.substring(1)
                        : host.startsWith("*/") ? host.substring(2) : host)
                .collect(ImmutableList.toImmutableList());
    }

    /** One for all plain servers of a port, one for each server with TLS of its own. */
    private static String routeName(Server server, Port port, int listenPort, String namespace, String name) {
        Protocol protocol = Protocol.parse(port.protocol());
        String bind = server.bind().isEmpty() ? "" : "." + server.bind();
        if (protocol.isHttp()) {
            return "http." + listenPort + bind;
        }
        return protocol == Protocol.HTTPS && !isPassthrough(server)
                ? "https." + port.number() + "." + port.name() + "." + name + "." + namespace + bind
                : "";
    }

    private static boolean isPassthrough(Server server) {
        ServerTLSSettings tls = server.tls();
        return tls != null && (tls.mode() == TLSmode.PASSTHROUGH || tls.mode() == TLSmode.AUTO_PASSTHROUGH);
    }

    public String gateway() {
        return gateway;
    }

    public String name() {
        return server.name();
    }

    public String bind() {
        return server.bind();
    }

    public Port port() {
        return port;
    }

    public Protocol protocol() {
        return Protocol.parse(port.protocol());
    }

    public ImmutableList<String> hosts() {
        return hosts;
    }

    public String routeName() {
        return routeName;
    }

    public @Nullable ServerTLSSettings tls() {
        return server.tls();
    }

    /** Hosts without their namespaces, as clients name them in the handshake. */
    public ImmutableSortedSet<String> sniHosts() {
        return hosts.stream()
                .map(host -> host.substring(host.indexOf('/') + 1))
                .collect(ImmutableSortedSet.toImmutableSortedSet(String::compareTo));
    }

    /** Is the connection handed on with its TLS untouched? */
    public boolean isPassthrough() {
        return isPassthrough(server);
    }

    public boolean isAutoPassthrough() {
        return server.tls() != null && server.tls().mode() == TLSmode.AUTO_PASSTHROUGH;
    }

    /** HTTP inside of TLS that is terminated here. */
    public boolean isHttps() {
        return server.tls() != null && protocol() == Protocol.HTTPS && !isPassthrough();
    }

    /** HTTP, plain or terminated. */
    public boolean isHttp() {
        return protocol().isHttp() || (protocol() == Protocol.HTTPS && !isPassthrough());
    }

    /** TLS settings that are more than a redirect of plain HTTP. */
    boolean isTls() {
        return server.tls() != null && !protocol().isHttp();
    }

    public boolean redirectsToHttps() {
        return server.tls() != null && server.tls().httpsRedirect();
    }
}
