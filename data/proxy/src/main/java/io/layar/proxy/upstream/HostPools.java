package io.layar.proxy.upstream;

import io.layar.proxy.core.cluster.CircuitBreakers;
import io.layar.proxy.core.cluster.Host;
import io.layar.proxy.core.cluster.HttpOptions;
import io.layar.proxy.core.cluster.Priority;
import io.layar.proxy.transport.UpstreamTransport;
import io.layar.proxy.worker.Worker;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All pools of one worker to one host. Thread: event loop of the worker. */
final class HostPools {
    private final ClusterRuntime cluster;
    private final Worker worker;
    private final Host host;
    private final ClientCodecs codecs;
    private final UpstreamTransport transport;
    private final Runnable whenEmpty;
    private final HttpHostPool[] plain = new HttpHostPool[2 * HttpHostPool.Wire.values().length];
    private final TcpHostPool[] tcp = new TcpHostPool[2];
    private final Map<Key, HttpHostPool> special = new HashMap<>(2);
    private final List<HttpHostPool> http = new ArrayList<>(1);
    private boolean draining;

    private record Key(HttpHostPool.Wire wire, Priority priority, Object transport) {}

    HostPools(ClusterRuntime cluster, Worker worker, Host host, ClientCodecs codecs, Runnable whenEmpty) {
        this.cluster = cluster;
        this.worker = worker;
        this.host = host;
        this.codecs = codecs;
        this.whenEmpty = whenEmpty;
        this.transport =
                cluster.transports().of(host.facts().socketMatch(), host.facts().localitySocketMatch());
    }

    HttpHostPool http(Priority priority, @Nullable String downstreamProtocol, @Nullable String authority) {
        HttpHostPool.Wire wire = wire(downstreamProtocol);
        HttpOptions options = cluster.config().http();
        if (transport.secure() && authority != null && (options.autoSni() || options.autoSanValidation())) {
            return special(wire, priority, authority);
        }
        int slot = wire.ordinal() * 2 + priority.ordinal();
        HttpHostPool pool = plain[slot];
        if (pool == null) {
            pool = make(wire, priority, transportOptions(wire, null));
            plain[slot] = pool;
        }
        return pool;
    }

    private HttpHostPool special(HttpHostPool.Wire wire, Priority priority, String authority) {
        UpstreamTransport.Options options = transportOptions(wire, ServerNames.of(authority));
        Object transportKey = transport.poolKey(options);
        Key key = new Key(wire, priority, transportKey == null ? "" : transportKey);
        HttpHostPool pool = special.get(key);
        if (pool == null) {
            pool = make(wire, priority, options);
            special.put(key, pool);
        }
        return pool;
    }

    private HttpHostPool.Wire wire(@Nullable String downstreamProtocol) {
        return switch (cluster.config().http().mode()) {
            case HTTP1 -> HttpHostPool.Wire.HTTP1;
            case HTTP2 -> HttpHostPool.Wire.HTTP2;
            case USE_DOWNSTREAM ->
                "HTTP/2".equals(downstreamProtocol) ? HttpHostPool.Wire.HTTP2 : HttpHostPool.Wire.HTTP1;
            // Without TLS there is nothing to negotiate with.
            case AUTO -> transport.secure() ? HttpHostPool.Wire.NEGOTIATED : HttpHostPool.Wire.HTTP1;
        };
    }

    private UpstreamTransport.Options transportOptions(HttpHostPool.Wire wire, @Nullable String serverName) {
        if (!transport.secure()) {
            return UpstreamTransport.Options.NONE;
        }
        HttpOptions options = cluster.config().http();
        List<String> alpn = switch (wire) {
            case HTTP1 -> List.of("http/1.1");
            case HTTP2 -> List.of("h2");
            case NEGOTIATED -> List.of("h2", "http/1.1");
        };
        return new UpstreamTransport.Options(
                options.autoSni() && ServerNames.maySend(serverName) ? serverName : null,
                options.autoSanValidation() && serverName != null ? List.of(serverName) : List.of(),
                alpn);
    }

    private HttpHostPool make(HttpHostPool.Wire wire, Priority priority, UpstreamTransport.Options options) {
        UpstreamSocket.Origin origin = new UpstreamSocket.Origin(cluster, worker, transport, options);
        HttpHostPool pool = new HttpHostPool(origin, host, breakers(priority), codecs, wire, this::onEmpty);
        http.add(pool);
        if (draining) {
            pool.drain();
        }
        return pool;
    }

    TcpHostPool tcp(Priority priority) {
        TcpHostPool pool = tcp[priority.ordinal()];
        if (pool == null) {
            UpstreamSocket.Origin origin =
                    new UpstreamSocket.Origin(cluster, worker, transport, UpstreamTransport.Options.NONE);
            pool = new TcpHostPool(origin, host, breakers(priority), this::onEmpty);
            tcp[priority.ordinal()] = pool;
        }
        return pool;
    }

    private CircuitBreakers breakers(Priority priority) {
        return cluster.breakers(priority);
    }

    private void onEmpty() {
        if (draining && isEmpty()) {
            whenEmpty.run();
        }
    }

    boolean isEmpty() {
        for (HttpHostPool pool : http) {
            if (!pool.isEmpty()) {
                return false;
            }
        }
        for (TcpHostPool pool : tcp) {
            if (pool != null && !pool.isEmpty()) {
                return false;
            }
        }
        return true;
    }

    /** Takes nothing new beyond what is asked for now; connections close as they become idle. */
    void drain() {
        draining = true;
        for (HttpHostPool pool : List.copyOf(http)) {
            pool.drain();
        }
        for (TcpHostPool pool : tcp) {
            if (pool != null) {
                pool.drain();
            }
        }
        onEmpty();
    }

    /** Idle connections close now; new ones may be made: the host is not gone, only suspect. */
    void closeIdle() {
        for (HttpHostPool pool : List.copyOf(http)) {
            pool.closeIdle();
        }
    }

    void closeAll() {
        for (HttpHostPool pool : List.copyOf(http)) {
            pool.closeAll();
        }
        for (TcpHostPool pool : tcp) {
            if (pool != null) {
                pool.closeAll();
            }
        }
    }
}
