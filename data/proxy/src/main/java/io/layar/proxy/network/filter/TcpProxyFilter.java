package io.layar.proxy.network.filter;

import com.google.protobuf.Message;
import io.envoyproxy.envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy;
import io.layar.proxy.core.cluster.Host;
import io.layar.proxy.core.cluster.Priority;
import io.layar.proxy.core.hash.XxHash64;
import io.layar.proxy.core.lb.LoadBalancerContext;
import io.layar.proxy.core.lb.MetadataMatch;
import io.layar.proxy.core.stream.ConnectionInfo;
import io.layar.proxy.core.stream.ResponseFlag;
import io.layar.proxy.core.stream.StreamInfo;
import io.layar.proxy.core.stream.TimePoint;
import io.layar.proxy.core.stream.UpstreamInfo;
import io.layar.proxy.network.DownstreamConnection;
import io.layar.proxy.network.DownstreamConnection.Close;
import io.layar.proxy.network.FilterContext;
import io.layar.proxy.network.NetworkFilter;
import io.layar.proxy.network.NetworkFilterFactory;
import io.layar.proxy.network.NetworkFilterType;
import io.layar.proxy.network.TerminalFilter;
import io.layar.proxy.upstream.PendingStream;
import io.layar.proxy.upstream.PoolFailure;
import io.layar.proxy.upstream.TcpConnection;
import io.layar.proxy.upstream.TcpPool;
import io.layar.proxy.upstream.WorkerCluster;
import io.layar.proxy.worker.Timer;
import io.netty.buffer.ByteBuf;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Joins a downstream connection with an upstream one: bytes both ways, each side's end passed on, each side slowed when the other is full.
 *
 * <p>Thread: event loop of the connection.
 */
public final class TcpProxyFilter implements TerminalFilter, LoadBalancerContext, TcpPool.Callbacks {
    /** Filter state under which an earlier filter may name the cluster. */
    public static final String CLUSTER_STATE = "envoy.tcp_proxy.cluster";

    private final TcpProxyConfig config;
    private final DownstreamConnection downstream;
    private final StreamInfo session;
    private TcpProxyConfig.@Nullable Target target;
    private @Nullable PendingStream pending;
    private @Nullable TcpConnection upstream;
    private @Nullable Timer idle;
    private @Nullable Timer lifetime;
    private long lastActivity;
    private int attempts;
    private boolean downstreamEnded;
    private boolean upstreamEnded;
    private boolean finished;

    private TcpProxyFilter(TcpProxyConfig config, DownstreamConnection downstream) {
        this.config = config;
        this.downstream = downstream;
        this.session = downstream.session();
        config.stats().total().inc();
        config.stats().active().inc();
    }

    @Override
    public void onNewConnection() {
        downstream.pauseReading(true);
        if (config.maxDurationMillis() > 0) {
            lifetime = downstream.worker().timer(this::onLifetimeOver);
            lifetime.arm(config.maxDurationMillis());
        }
        target = named(config.choose(ThreadLocalRandom.current().nextLong()));
        connect(target);
    }

    private TcpProxyConfig.Target named(TcpProxyConfig.Target chosen) {
        var state = downstream.info().filterState();
        Object name = state == null ? null : state.get(CLUSTER_STATE);
        return name == null ? chosen : new TcpProxyConfig.Target(name.toString(), 1, chosen.match());
    }

    private void connect(TcpProxyConfig.Target to) {
        WorkerCluster cluster = config.clusters().worker(downstream.worker()).cluster(to.cluster());
        if (cluster == null) {
            config.stats().noRoute().inc();
            giveUp(ResponseFlag.NO_CLUSTER_FOUND);
            return;
        }
        UpstreamInfo info = session.writableUpstream();
        info.cluster(cluster.name(), cluster.altStatName(), cluster.metadata());
        if (attempts >= config.maxAttempts()) {
            cluster.stats().cxConnectAttemptsExceeded.inc();
            giveUp(ResponseFlag.UPSTREAM_RETRY_LIMIT_EXCEEDED);
            return;
        }
        Host host = cluster.chooseHost(this);
        if (host == null) {
            giveUp(ResponseFlag.NO_HEALTHY_UPSTREAM);
            return;
        }
        TcpPool pool = cluster.tcpPool(host, Priority.DEFAULT, this);
        pending = pool.newConnection(this);
    }

    private void giveUp(ResponseFlag flag) {
        session.addFlag(flag);
        downstream.close(Close.NO_FLUSH, "");
    }

    @Override
    public void onFailure(PoolFailure failure, String transportFailure, @Nullable Host host) {
        pending = null;
        if (finished) {
            return;
        }
        if (failure == PoolFailure.OVERFLOW || host == null) {
            giveUp(ResponseFlag.UPSTREAM_OVERFLOW);
            return;
        }
        attempts++;
        session.attemptCount(attempts);
        session.addFlag(ResponseFlag.UPSTREAM_CONNECTION_FAILURE);
        UpstreamInfo info = session.writableUpstream();
        info.host(host.address(), host.hostname(), host.metadata());
        info.transportFailure(transportFailure.isEmpty() ? null : transportFailure);
        if (target != null) {
            connect(target);
        }
    }

    @Override
    public void onReady(TcpConnection connection, Host host) {
        pending = null;
        if (finished) {
            connection.close(false);
            return;
        }
        upstream = connection;
        attempts++;
        session.attemptCount(attempts);
        fillUpstream(connection, host);
        connection.listener(new FromUpstream());
        if (config.idleMillis() > 0) {
            lastActivity = System.nanoTime();
            idle = downstream.worker().timer(this::onIdle);
            idle.arm(config.idleMillis());
        }
        if (config.logOnConnected()) {
            log();
        }
        downstream.pauseReading(false);
    }

    private void fillUpstream(TcpConnection connection, Host host) {
        UpstreamInfo info = session.writableUpstream();
        info.host(host.address(), host.hostname(), host.metadata());
        info.locality(
                host.locality().region(),
                host.locality().zone(),
                host.locality().subZone());
        info.local(connection.local());
        info.tls(connection.tls());
        info.connectionId(connection.id());
        info.numStreams(connection.streams());
        session.mark(TimePoint.US_CX_BEG, connection.connectBeginNanos());
        session.mark(TimePoint.US_CX_END, connection.connectEndNanos());
        session.mark(TimePoint.US_HS_END, connection.handshakeEndNanos());
    }

    @Override
    public void onData(ByteBuf data) {
        TcpConnection to = upstream;
        if (to == null) {
            data.release();
            return;
        }
        int bytes = data.readableBytes();
        lastActivity = System.nanoTime();
        session.addBytesReceived(bytes);
        config.stats().rxBytes().add(bytes);
        to.write(data);
    }

    @Override
    public void onReadComplete() {
        if (upstream != null) {
            upstream.flush();
        }
    }

    @Override
    public void onEndOfStream() {
        downstreamEnded = true;
        if (upstream != null) {
            upstream.shutdownOutput();
            endIfBothEnded();
        }
    }

    @Override
    public void onWritabilityChanged(boolean writable) {
        if (upstream != null) {
            upstream.pauseReading(!writable);
        }
    }

    @Override
    public void onClosed() {
        if (finished) {
            return;
        }
        finished = true;
        stop(idle);
        stop(lifetime);
        if (pending != null) {
            pending.cancel();
        }
        if (upstream != null) {
            upstream.close(true);
        }
        config.stats().active().dec();
        log();
    }

    private void log() {
        if (config.log() != null) {
            config.log().log(session, downstream.worker());
        }
    }

    private static void stop(@Nullable Timer timer) {
        if (timer != null) {
            timer.disarm();
        }
    }

    private void onIdle() {
        long quiet = (System.nanoTime() - lastActivity) / 1_000_000;
        if (quiet < config.idleMillis() && idle != null) {
            idle.arm(config.idleMillis() - quiet);
            return;
        }
        config.stats().idleTimeout().inc();
        downstream.close(Close.NO_FLUSH, "");
    }

    private void onLifetimeOver() {
        session.addFlag(ResponseFlag.DURATION_TIMEOUT);
        config.stats().maxDuration().inc();
        downstream.close(Close.NO_FLUSH, "");
    }

    private void endIfBothEnded() {
        if (downstreamEnded && upstreamEnded) {
            downstream.close(Close.FLUSH, "");
        }
    }

    /** The upstream's side of the connection. */
    private final class FromUpstream implements TcpConnection.Listener {
        @Override
        public void onData(ByteBuf data) {
            int bytes = data.readableBytes();
            lastActivity = System.nanoTime();
            session.addBytesSent(bytes);
            config.stats().txBytes().add(bytes);
            downstream.write(data);
        }

        @Override
        public void onReadComplete() {
            downstream.flush();
        }

        @Override
        public void onEndOfStream() {
            upstreamEnded = true;
            downstream.shutdownOutput();
            endIfBothEnded();
        }

        @Override
        public void onClosed(boolean reset) {
            upstream = null;
            downstream.close(Close.FLUSH, "");
        }

        @Override
        public void onWritabilityChanged(boolean writable) {
            (writable ? config.stats().resumedReading() : config.stats().pausedReading()).inc();
            downstream.pauseReading(!writable);
        }
    }

    @Override
    public boolean hasHash() {
        return config.hash() != null && hashed() != null;
    }

    @Override
    public long hash() {
        String text = hashed();
        return text == null ? 0 : XxHash64.of(text);
    }

    private @Nullable String hashed() {
        return switch (config.hash()) {
            case TcpProxyConfig.Hash.SourceIp _ ->
                downstream.info().remote().inet() == null
                        ? null
                        : downstream.info().remote().ip();
            case TcpProxyConfig.Hash.State(String key) -> {
                var state = downstream.info().filterState();
                Object value = state == null ? null : state.get(key);
                yield value == null ? null : value.toString();
            }
            case null -> null;
        };
    }

    @Override
    public @Nullable MetadataMatch metadataMatch() {
        return target == null ? null : target.match();
    }

    @Override
    public ConnectionInfo downstreamConnection() {
        return downstream.info();
    }

    @Override
    public StreamInfo streamInfo() {
        return session;
    }

    /** The kind. */
    public static final class Type implements NetworkFilterType {
        @Override
        public String configType() {
            return "envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy";
        }

        @Override
        public NetworkFilterFactory compile(Message config, FilterContext context) {
            return new Factory(TcpProxyConfig.compile((TcpProxy) config, context));
        }
    }

    private record Factory(TcpProxyConfig config) implements NetworkFilterFactory {
        @Override
        public NetworkFilter create(DownstreamConnection connection) {
            return new TcpProxyFilter(config, connection);
        }

        @Override
        public boolean terminal() {
            return true;
        }

        @Override
        public boolean countsBytes() {
            return true;
        }

        @Override
        public boolean halfClose() {
            return true;
        }
    }
}
