package io.layar.proxy.upstream;

import io.layar.proxy.codec.ClientConnection;
import io.layar.proxy.codec.RequestSender;
import io.layar.proxy.codec.ResponseReceiver;
import io.layar.proxy.core.cluster.CircuitBreakers;
import io.layar.proxy.core.cluster.ClusterStats;
import io.layar.proxy.core.cluster.Host;
import io.layar.proxy.core.cluster.HostStat;
import io.layar.proxy.core.cluster.HttpOptions;
import io.layar.proxy.core.cluster.Resource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * HTTP connections of one worker to one host, for one protocol and one way of transport.
 *
 * <p>A stream takes the connection that became free last. Where none is free it waits, first come first served, while a new connection is
 * made, as far as circuit breakers let it. A connection that fails takes all that wait down with it: whoever sent them decides about a retry.
 * Thread: event loop of its worker. Source: Envoy's connection pool, as its documentation and counters show it.
 */
final class HttpHostPool implements HttpPool {
    private static final int HTTP2_STREAMS = 1024;

    private final UpstreamSocket.Origin origin;
    private final Host host;
    private final CircuitBreakers breakers;
    private final ClientCodecs codecs;
    private final Wire wire;
    private final Runnable whenEmpty;
    private final ArrayList<HttpUpstream> ready = new ArrayList<>();
    private final List<HttpUpstream> all = new ArrayList<>();
    private final ArrayDeque<Waiting> pending = new ArrayDeque<>();
    private int connectingCapacity;
    private int activeStreams;
    private boolean draining;

    /** Which protocol a pool speaks. */
    enum Wire {
        HTTP1,
        HTTP2,
        /** Whatever ALPN said. */
        NEGOTIATED
    }

    HttpHostPool(
            UpstreamSocket.Origin origin,
            Host host,
            CircuitBreakers breakers,
            ClientCodecs codecs,
            Wire wire,
            Runnable whenEmpty) {
        this.origin = origin;
        this.host = host;
        this.breakers = breakers;
        this.codecs = codecs;
        this.wire = wire;
        this.whenEmpty = whenEmpty;
    }

    private ClusterStats stats() {
        return origin.cluster().stats();
    }

    private HttpOptions options() {
        return origin.cluster().config().http();
    }

    Resource requests() {
        return breakers.requests();
    }

    long idleMillis() {
        return options().idleTimeoutMillis();
    }

    long maxConnectionMillis() {
        return options().maxConnectionDurationMillis();
    }

    int concurrentStreamLimit() {
        var http2 = options().http2();
        return http2.hasMaxConcurrentStreams() ? http2.getMaxConcurrentStreams().getValue() : HTTP2_STREAMS;
    }

    @Override
    public @Nullable String protocol() {
        return switch (wire) {
            case HTTP1 -> "HTTP/1.1";
            case HTTP2 -> "HTTP/2";
            case NEGOTIATED -> null;
        };
    }

    @Override
    public @Nullable PendingStream newStream(ResponseReceiver receiver, PoolCallbacks callbacks) {
        int last = ready.size() - 1;
        if (last >= 0) {
            HttpUpstream connection = ready.get(last);
            attach(connection, receiver, callbacks);
            return null;
        }
        if (!breakers.pendingRequests().canCreate()) {
            stats().rqPendingOverflow.inc();
            callbacks.onFailure(PoolFailure.OVERFLOW, "", null);
            return null;
        }
        Waiting waiting = new Waiting(receiver, callbacks);
        pending.addLast(waiting);
        breakers.pendingRequests().inc();
        stats().rqPendingTotal.inc();
        stats().rqPendingActive.inc();
        connectIfNeeded();
        return waiting.over ? null : waiting;
    }

    private void attach(HttpUpstream connection, ResponseReceiver receiver, PoolCallbacks callbacks) {
        if (!breakers.requests().canCreate()) {
            stats().rqPendingOverflow.inc();
            callbacks.onFailure(PoolFailure.OVERFLOW, "", host);
            return;
        }
        activeStreams++;
        ClusterStats stats = stats();
        stats.rqTotal.inc();
        stats.rqActive.inc();
        host.inc(HostStat.RQ_TOTAL);
        host.inc(HostStat.RQ_ACTIVE);
        breakers.requests().inc();
        RequestSender sender = connection.openStream(receiver);
        if (!connection.canTakeStream()) {
            unlist(connection);
        }
        callbacks.onReady(sender, host, connection);
    }

    private void connectIfNeeded() {
        double wanted = origin.cluster().config().connect().preconnectRatio();
        // Envoy makes at most three connections for one stream, however high the ratio.
        for (int i = 0; i < 3 && needsConnection(wanted); i++) {
            if (!connectOne()) {
                return;
            }
        }
    }

    private boolean needsConnection(double ratio) {
        if (pending.isEmpty()) {
            return false;
        }
        return ratio <= 1.0
                ? pending.size() > connectingCapacity
                : (pending.size() + activeStreams) * ratio > connectingCapacity + activeStreams;
    }

    private boolean connectOne() {
        boolean allowed = breakers.connections().canCreate() && perHostAllows();
        if (!allowed) {
            stats().cxOverflow.inc();
            if (!all.isEmpty()) {
                return false;
            }
        }
        HttpUpstream connection = new HttpUpstream(
                this,
                origin,
                host,
                host.address(),
                wire == Wire.HTTP2,
                options().maxRequestsPerConnection());
        all.add(connection);
        connectingCapacity += connection.expectedCapacity();
        ClusterStats stats = stats();
        stats.cxTotal.inc();
        stats.cxActive.inc();
        if (wire == Wire.HTTP2) {
            stats.cxHttp2Total.inc();
        } else if (wire == Wire.HTTP1) {
            stats.cxHttp1Total.inc();
        }
        host.inc(HostStat.CX_TOTAL);
        host.inc(HostStat.CX_ACTIVE);
        breakers.connections().inc();
        connection.connect();
        return true;
    }

    private boolean perHostAllows() {
        return host.stat(HostStat.CX_ACTIVE)
                < origin.cluster().config().circuitBreakers().perHostConnections();
    }

    ClientConnection makeCodec(HttpUpstream connection, boolean http2) {
        boolean two = http2 || wire == Wire.NEGOTIATED && connection.negotiatedHttp2();
        if (wire == Wire.NEGOTIATED) {
            (two ? stats().cxHttp2Total : stats().cxHttp1Total).inc();
        }
        return two
                ? codecs.http2(connection.channel(), origin.worker(), connection, options())
                : codecs.http1(connection.channel(), origin.worker(), connection, options());
    }

    void onConnected(HttpUpstream connection) {
        connectingCapacity -= connection.expectedCapacity();
        stats().cxConnectMs.record(connection.connectMillis());
        onCapacity(connection);
        if (draining && connection.activeStreams() == 0) {
            connection.drain();
        }
    }

    /** The connection can take another stream, perhaps. */
    void onCapacity(HttpUpstream connection) {
        if (connection.canTakeStream() && !connection.listedReady) {
            connection.listedReady = true;
            ready.add(connection);
        } else if (!connection.canTakeStream()) {
            unlist(connection);
        }
        servePending();
        connectIfNeeded();
    }

    private void servePending() {
        while (!pending.isEmpty() && !ready.isEmpty()) {
            Waiting next = pending.pollFirst();
            next.leave();
            attach(ready.get(ready.size() - 1), next.receiver, next.callbacks);
        }
    }

    void onDraining(HttpUpstream connection) {
        unlist(connection);
    }

    void onStreamOver() {
        activeStreams--;
    }

    private void unlist(HttpUpstream connection) {
        if (connection.listedReady) {
            connection.listedReady = false;
            int last = ready.size() - 1;
            if (ready.get(last) == connection) {
                ready.remove(last);
            } else {
                ready.remove(connection);
            }
        }
    }

    void onConnectFailure(HttpUpstream connection, PoolFailure failure, String text) {
        connectingCapacity -= connection.expectedCapacity();
        ClusterStats stats = stats();
        stats.cxConnectFail.inc();
        if (failure == PoolFailure.TIMEOUT) {
            stats.cxConnectTimeout.inc();
        }
        host.inc(HostStat.CX_CONNECT_FAIL);
        forget(connection, failure == PoolFailure.REMOTE_CONNECTION_FAILURE, 0);
        List<Waiting> failed = List.copyOf(pending);
        pending.clear();
        for (Waiting one : failed) {
            one.leave();
        }
        for (Waiting one : failed) {
            if (!one.cancelled) {
                stats.rqPendingFailureEject.inc();
                one.callbacks.onFailure(failure, text, host);
            }
        }
        if (!draining) {
            connectIfNeeded();
        }
        reportEmpty();
    }

    void onGone(HttpUpstream connection, boolean remotely, int streamsCut) {
        unlist(connection);
        forget(connection, remotely, streamsCut);
        stats().cxLengthMs.record(connection.ageMillis());
        if (!draining) {
            connectIfNeeded();
        }
        reportEmpty();
    }

    private void forget(HttpUpstream connection, boolean remotely, int streamsCut) {
        all.remove(connection);
        ClusterStats stats = stats();
        stats.cxActive.dec();
        host.dec(HostStat.CX_ACTIVE);
        breakers.connections().dec();
        stats.cxDestroy.inc();
        (remotely ? stats.cxDestroyRemote : stats.cxDestroyLocal).inc();
        if (streamsCut > 0) {
            stats.cxDestroyWithActiveRq.inc();
            (remotely ? stats.cxDestroyRemoteWithActiveRq : stats.cxDestroyLocalWithActiveRq).inc();
        }
    }

    private void reportEmpty() {
        if (draining && all.isEmpty() && pending.isEmpty()) {
            whenEmpty.run();
        }
    }

    /** Idle connections close now, others when their streams are over; what waits is still served. */
    void drain() {
        draining = true;
        for (HttpUpstream connection : List.copyOf(all)) {
            if (connection.phase() == UpstreamSocket.Phase.OPEN) {
                connection.drain();
            }
        }
        reportEmpty();
    }

    /** Open connections take no new streams and close when they are idle; later streams get new ones. */
    void closeIdle() {
        for (HttpUpstream connection : List.copyOf(all)) {
            if (connection.phase() == UpstreamSocket.Phase.OPEN) {
                connection.drain();
            }
        }
    }

    /** Closes every connection, streams and all. */
    void closeAll() {
        for (HttpUpstream connection : List.copyOf(all)) {
            if (connection.phase() == UpstreamSocket.Phase.OPEN) {
                connection.closeNow();
            }
        }
    }

    boolean isEmpty() {
        return all.isEmpty() && pending.isEmpty();
    }

    /** A stream that waits for a connection. */
    private final class Waiting implements PendingStream {
        private final ResponseReceiver receiver;
        private final PoolCallbacks callbacks;
        private boolean over;
        private boolean cancelled;

        Waiting(ResponseReceiver receiver, PoolCallbacks callbacks) {
            this.receiver = receiver;
            this.callbacks = callbacks;
        }

        void leave() {
            over = true;
            breakers.pendingRequests().dec();
            stats().rqPendingActive.dec();
        }

        @Override
        public void cancel() {
            cancelled = true;
            if (over) {
                return;
            }
            pending.remove(this);
            leave();
            stats().rqCancelled.inc();
            reportEmpty();
        }
    }
}
