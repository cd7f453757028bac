package io.layar.proxy.upstream;

import io.layar.proxy.core.cluster.Discovery;
import io.layar.proxy.core.cluster.Host;
import io.layar.proxy.core.cluster.HostFacts;
import io.layar.proxy.core.cluster.Locality;
import io.layar.proxy.core.lb.LoadBalancer;
import io.layar.proxy.core.lb.LoadBalancerContext;
import io.layar.proxy.core.stream.Address;
import io.layar.proxy.core.stream.ConnectionInfo;
import io.layar.proxy.core.stream.StreamInfo;
import io.layar.proxy.worker.Timer;
import io.layar.proxy.worker.Worker;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Goes where the client wanted to go: the address that a header or metadata names, else the connection's original destination. A host comes
 * into being when first called and is forgotten after one cleanup interval without a connection.
 *
 * <p>Thread: event loop of the worker.
 */
final class OriginalDstHosts implements LoadBalancer {
    private final Discovery.OriginalDst settings;
    private final ClusterRuntime runtime;
    private final Predicate<Host> idle;
    private final Consumer<Host> drain;
    private final Map<Address, Host> hosts = new HashMap<>();
    private final Set<Host> used = new HashSet<>();
    private final Timer cleanup;

    OriginalDstHosts(
            Discovery.OriginalDst settings,
            ClusterRuntime runtime,
            Worker worker,
            Predicate<Host> idle,
            Consumer<Host> drain) {
        this.settings = settings;
        this.runtime = runtime;
        this.idle = idle;
        this.drain = drain;
        this.cleanup = worker.timer(this::cleanUp);
    }

    @Override
    public @Nullable Host choose(LoadBalancerContext context) {
        Address address = wanted(context);
        if (address == null) {
            return null;
        }
        Host host = hosts.get(address);
        if (host == null) {
            host = new Host(facts(address), 1, null, System.nanoTime());
            hosts.put(address, host);
        }
        used.add(host);
        if (!cleanup.armed()) {
            cleanup.arm(settings.cleanupMillis());
        }
        return host;
    }

    private static HostFacts facts(Address address) {
        return new HostFacts(address, List.of(), null, "", "", Locality.NONE, 0, HostFacts.MetadataFacts.NONE, false);
    }

    private @Nullable Address wanted(LoadBalancerContext context) {
        Address address = named(context);
        if (address == null) {
            ConnectionInfo connection = context.downstreamConnection();
            // Only a restored address is an original destination; our own would be a loop.
            address = connection != null && connection.local() != connection.directLocal() ? connection.local() : null;
        }
        if (address == null || settings.port() == 0 || address.inet() == null) {
            return address;
        }
        return Address.of(new InetSocketAddress(address.inet(), settings.port()));
    }

    private @Nullable Address named(LoadBalancerContext context) {
        String header = settings.header();
        if (header != null) {
            String value = context.requestHeader(header);
            if (value != null && !value.isEmpty()) {
                return parse(value);
            }
        }
        String namespace = settings.metadataNamespace();
        StreamInfo info = context.streamInfo();
        return namespace != null
                        && info != null
                        && info.dynamicMetadata().get(namespace, settings.metadataPath()) instanceof String text
                ? parse(text)
                : null;
    }

    private @Nullable Address parse(String text) {
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? "" : text.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        InetAddress ip = host.isEmpty() ? null : NetUtil.createInetAddressFromIpAddressString(host);
        int port = ip == null ? -1 : port(text.substring(colon + 1));
        if (ip == null || port < 0) {
            runtime.scope().counter("original_dst_host_invalid").inc();
            return null;
        }
        return Address.of(new InetSocketAddress(ip, port));
    }

    private static int port(String text) {
        try {
            int port = Integer.parseInt(text);
            return port > 0 && port <= 65535 ? port : -1;
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    private void cleanUp() {
        hosts.values().removeIf(host -> {
            boolean gone = !used.contains(host) && idle.test(host);
            if (gone) {
                drain.accept(host);
            }
            return gone;
        });
        used.clear();
        if (!hosts.isEmpty()) {
            cleanup.arm(settings.cleanupMillis());
        }
    }

    void forEach(Consumer<Host> visitor) {
        hosts.values().forEach(visitor);
    }

    void close() {
        cleanup.disarm();
    }
}
