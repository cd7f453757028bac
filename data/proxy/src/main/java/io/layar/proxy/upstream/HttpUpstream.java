package io.layar.proxy.upstream;

import io.layar.proxy.codec.ClientConnection;
import io.layar.proxy.codec.ClientConnectionListener;
import io.layar.proxy.codec.RequestSender;
import io.layar.proxy.codec.ResetReason;
import io.layar.proxy.codec.ResponseReceiver;
import io.layar.proxy.core.cluster.ClusterStats;
import io.layar.proxy.core.cluster.Host;
import io.layar.proxy.core.cluster.HostStat;
import io.layar.proxy.core.stream.Address;
import io.layar.proxy.worker.Timer;
import io.netty.buffer.ByteBuf;
import io.netty.handler.ssl.SslHandler;
import org.jspecify.annotations.Nullable;

/** One HTTP connection of a pool. Thread: event loop of its worker. */
final class HttpUpstream extends UpstreamSocket implements ClientConnectionListener {
    private final HttpHostPool pool;
    private final boolean http2;
    private final long maxStreamsEver;
    private int streamLimit;
    private @Nullable ClientConnection codec;
    private @Nullable Timer idleTimer;
    private @Nullable Timer ageTimer;
    private long streams;
    private int active;
    private boolean draining;
    private boolean maxRequestsCounted;
    private long idleSince;
    /** The list of the pool that this connection is in. */
    boolean listedReady;

    HttpUpstream(HttpHostPool pool, Origin origin, Host host, Address remote, boolean http2, long maxStreamsEver) {
        super(origin, host, remote);
        this.pool = pool;
        this.http2 = http2;
        this.maxStreamsEver = maxStreamsEver;
        this.streamLimit = http2 ? pool.concurrentStreamLimit() : 1;
    }

    /** How many streams it will take when it is connected. */
    int expectedCapacity() {
        long left = maxStreamsEver == 0 ? Integer.MAX_VALUE : maxStreamsEver - streams;
        return (int) Math.min(streamLimit, left);
    }

    boolean canTakeStream() {
        return phase() == Phase.OPEN && !draining && active < streamLimit;
    }

    /** True where ALPN chose h2. */
    boolean negotiatedHttp2() {
        SslHandler tls = channel().pipeline().get(SslHandler.class);
        return tls != null && "h2".equals(tls.applicationProtocol());
    }

    int activeStreams() {
        return active;
    }

    RequestSender openStream(ResponseReceiver receiver) {
        ClientConnection speaking = codec;
        if (speaking == null) {
            throw new IllegalStateException("stream on a connection that is " + phase());
        }
        streams++;
        active++;
        if (maxStreamsEver != 0 && streams >= maxStreamsEver) {
            draining = true;
            if (!maxRequestsCounted) {
                maxRequestsCounted = true;
                origin.cluster().stats().cxMaxRequests.inc();
            }
        }
        return speaking.newStream(receiver);
    }

    @Override
    void onOpen() {
        codec = pool.makeCodec(this, http2);
        long maxAge = pool.maxConnectionMillis();
        if (maxAge > 0) {
            ageTimer = origin.worker().timer(this::onTooOld);
            ageTimer.arm(maxAge);
        }
        beginIdle();
        pool.onConnected(this);
    }

    private void onTooOld() {
        origin.cluster().stats().cxMaxDurationReached.inc();
        drain();
    }

    /** Takes no new streams; closes when the last one is over. */
    void drain() {
        draining = true;
        if (active == 0) {
            closeNow();
        } else {
            pool.onDraining(this);
        }
    }

    private void beginIdle() {
        long limit = pool.idleMillis();
        if (limit <= 0) {
            return;
        }
        idleSince = System.nanoTime();
        Timer timer = idleTimer;
        if (timer == null) {
            timer = origin.worker().timer(this::onIdleCheck);
            idleTimer = timer;
        }
        if (!timer.armed()) {
            timer.arm(limit);
        }
    }

    /** The timer is not touched by each request: it looks, when it fires, how long nothing has happened. */
    private void onIdleCheck() {
        Timer timer = idleTimer;
        if (active > 0 || timer == null || phase() != Phase.OPEN) {
            return;
        }
        long left = pool.idleMillis() - (System.nanoTime() - idleSince) / 1_000_000;
        if (left > 0) {
            timer.arm(left);
        } else {
            origin.cluster().stats().cxIdleTimeout.inc();
            closeNow();
        }
    }

    @Override
    void onConnectFailure(PoolFailure failure, String text) {
        pool.onConnectFailure(this, failure, text);
    }

    @Override
    void onGone(boolean remotely, boolean reset) {
        if (idleTimer != null) {
            idleTimer.disarm();
        }
        if (ageTimer != null) {
            ageTimer.disarm();
        }
        int streamsCut = active;
        pool.onGone(this, remotely, streamsCut);
        ClientConnection speaking = codec;
        if (speaking != null) {
            speaking.onClosed(remotely ? ResetReason.CONNECTION_TERMINATION : ResetReason.LOCAL_RESET, "");
        }
    }

    @Override
    void onBytes(ByteBuf data) {
        ClientConnection speaking = codec;
        if (speaking == null || phase() != Phase.OPEN) {
            data.release();
        } else {
            speaking.onBytes(data);
        }
    }

    @Override
    void onReadsDone() {
        if (codec != null) {
            codec.onReadComplete();
        }
    }

    @Override
    void onWritability(boolean writable) {
        if (codec != null) {
            codec.onChannelWritabilityChanged(writable);
        }
    }

    @Override
    public void onGoAway() {
        if (!draining) {
            draining = true;
            pool.onDraining(this);
            if (active == 0 && phase() == Phase.OPEN) {
                closeNow();
            }
        }
    }

    @Override
    public void onProtocolError(String details) {
        origin.cluster().stats().cxProtocolError.inc();
        draining = true;
        pool.onDraining(this);
        if (phase() == Phase.OPEN) {
            closeFlushed();
        }
    }

    @Override
    public void onStreamEnd() {
        active--;
        ClusterStats stats = origin.cluster().stats();
        stats.rqActive.dec();
        host.dec(HostStat.RQ_ACTIVE);
        pool.requests().dec();
        pool.onStreamOver();
        if (phase() != Phase.OPEN) {
            return;
        }
        if (active == 0) {
            if (draining) {
                closeNow();
                return;
            }
            beginIdle();
        }
        pool.onCapacity(this);
    }

    @Override
    public void onMaxConcurrentStreams(int limit) {
        if (http2) {
            streamLimit = Math.min(limit, pool.concurrentStreamLimit());
            pool.onCapacity(this);
        }
    }

    @Override
    public String protocol() {
        ClientConnection speaking = codec;
        return speaking == null ? "" : speaking.protocol();
    }

    @Override
    public long streams() {
        return streams;
    }
}
