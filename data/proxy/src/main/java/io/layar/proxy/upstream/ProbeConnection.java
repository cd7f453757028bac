package io.layar.proxy.upstream;

import io.layar.proxy.codec.ClientConnection;
import io.layar.proxy.codec.ClientConnectionListener;
import io.layar.proxy.codec.ResetReason;
import io.layar.proxy.core.cluster.Host;
import io.layar.proxy.core.health.HealthCheckConfig.Probe;
import io.layar.proxy.core.stream.Address;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A connection that carries health checks of one host, one after another. Thread: main loop. */
final class ProbeConnection extends UpstreamSocket implements ClientConnectionListener {
    private final Probe probe;
    private final ClientCodecs codecs;
    private final ProbeResult result;
    private final HttpProbe.Target target;
    private final long timeoutMillis;
    private final ByteArrayOutputStream seen = new ByteArrayOutputStream();
    private @Nullable ClientConnection codec;
    private boolean usable = true;
    private boolean waiting;

    ProbeConnection(
            Origin origin,
            Host host,
            Address remote,
            Probe probe,
            HttpProbe.Target target,
            long timeoutMillis,
            ProbeResult result) {
        super(origin, host, remote);
        this.probe = probe;
        this.codecs = target.codecs();
        this.target = target;
        this.timeoutMillis = timeoutMillis;
        this.result = result;
    }

    @Override
    long connectTimeoutMillis() {
        // The session's own clock is the limit; this one only must not be shorter.
        return timeoutMillis + 1000;
    }

    /** False once the host closed it or asked not to use it again. */
    boolean usable() {
        return usable && phase() != Phase.CLOSED;
    }

    void begin() {
        waiting = true;
        if (phase() == Phase.OPEN) {
            ask();
        }
    }

    private void ask() {
        switch (probe) {
            case Probe.Tcp tcp -> askTcp(tcp);
            case Probe.Http http -> speaking(http.http2()).newStreamFor(HttpProbe.of(http, target, this::finish));
            case Probe.Grpc grpc -> speaking(true).newStreamFor(GrpcProbe.of(grpc, target, this::finish));
        }
    }

    /** A probe that is a request: sends itself on a stream. */
    interface Request extends io.layar.proxy.codec.ResponseReceiver {
        void send(io.layar.proxy.codec.RequestSender sender);
    }

    /** A codec that is ready for a request. */
    private interface Speaking {
        void newStreamFor(Request request);
    }

    private Speaking speaking(boolean http2) {
        ClientConnection known = codec;
        ClientConnection talking = known != null ? known : makeCodec(http2);
        codec = talking;
        return request -> request.send(talking.newStream(request));
    }

    private ClientConnection makeCodec(boolean http2) {
        return http2
                ? codecs.http2(
                        channel(),
                        origin.worker(),
                        this,
                        origin.cluster().config().http())
                : codecs.http1(
                        channel(),
                        origin.worker(),
                        this,
                        origin.cluster().config().http());
    }

    private void askTcp(Probe.Tcp tcp) {
        seen.reset();
        if (tcp.send().length > 0) {
            channel().writeAndFlush(Unpooled.wrappedBuffer(tcp.send()));
        }
        if (tcp.receive().isEmpty()) {
            // Being able to connect was the whole question.
            usable = false;
            finish(result -> result.onHealthy(false, false));
            closeNow();
        }
    }

    private void finish(java.util.function.Consumer<ProbeResult> outcome) {
        if (waiting) {
            waiting = false;
            outcome.accept(result);
        }
    }

    @Override
    void onOpen() {
        if (waiting) {
            ask();
        }
    }

    @Override
    void onConnectFailure(PoolFailure failure, String text) {
        usable = false;
        finish(ProbeResult::onBroken);
    }

    @Override
    void onGone(boolean remotely, boolean reset) {
        usable = false;
        if (codec != null) {
            codec.onClosed(ResetReason.CONNECTION_TERMINATION, "");
        }
        finish(ProbeResult::onBroken);
    }

    @Override
    void onBytes(ByteBuf data) {
        if (codec != null) {
            codec.onBytes(data);
        } else if (waiting && probe instanceof Probe.Tcp tcp) {
            seen.writeBytes(ByteBufUtil.getBytes(data));
            data.release();
            if (contains(seen.toByteArray(), tcp.receive())) {
                finish(result -> result.onHealthy(false, false));
            }
        } else {
            data.release();
        }
    }

    /** True where all parts occur in their order, whatever lies between them. */
    static boolean contains(byte[] all, List<byte[]> parts) {
        int from = 0;
        for (byte[] part : parts) {
            int at = indexOf(all, part, from);
            if (at < 0) {
                return false;
            }
            from = at + part.length;
        }
        return true;
    }

    private static int indexOf(byte[] all, byte[] part, int from) {
        for (int i = from; i + part.length <= all.length; i++) {
            if (java.util.Arrays.equals(all, i, i + part.length, part, 0, part.length)) {
                return i;
            }
        }
        return -1;
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
        usable = false;
    }

    @Override
    public void onStreamEnd() {
        if (!usable && phase() == Phase.OPEN) {
            closeNow();
        }
    }

    @Override
    public void onMaxConcurrentStreams(int limit) {
        // One at a time is all that is wanted.
    }

    @Override
    public void onProtocolError(String details) {
        usable = false;
        closeFlushed();
    }

    /** Gives the probe up: its time is over. */
    void abandon() {
        waiting = false;
        usable = false;
        closeNow();
    }

    @Override
    public String protocol() {
        return codec == null ? "" : codec.protocol();
    }

    @Override
    public long streams() {
        return 1;
    }
}
