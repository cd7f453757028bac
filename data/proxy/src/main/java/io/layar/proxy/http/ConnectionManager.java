package io.layar.proxy.http;

import io.layar.proxy.codec.RequestReceiver;
import io.layar.proxy.codec.ResponseSender;
import io.layar.proxy.codec.ServerConnection;
import io.layar.proxy.codec.ServerConnectionListener;
import io.layar.proxy.codec.http1.Http1ServerConnection;
import io.layar.proxy.codec.http2.Http2ServerConnection;
import io.layar.proxy.core.stream.ConnectionInfo;
import io.layar.proxy.network.DownstreamConnection;
import io.layar.proxy.network.TerminalFilter;
import io.layar.proxy.worker.Timer;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP side of one downstream connection: chooses the codec, makes a stream of each request, and decides when the connection
 * ends. Thread: event loop of the connection.
 */
final class ConnectionManager implements TerminalFilter, ServerConnectionListener {
    private static final byte[] PREFACE = "PRI * HTTP/2.0".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

    /** How far the connection is from its end. */
    private enum Drain {
        NONE,
        /** Answers say so, new requests are still taken for a while. */
        DRAINING,
        /** It ends with the streams that are open. */
        CLOSING,
        CLOSED
    }

    private final HcmConfig config;
    private final DownstreamConnection connection;
    private final WorkerState worker;
    private final List<HttpStream> streams = new ArrayList<>(1);
    private @Nullable ServerConnection codec;
    private @Nullable ByteBuf undecided;
    private Drain drain = Drain.NONE;
    private @Nullable Timer idleTimer;
    private @Nullable Timer durationTimer;
    private @Nullable Timer drainTimer;
    private @Nullable Timer headersTimer;
    private long requests;
    private boolean http2;

    ConnectionManager(HcmConfig config, DownstreamConnection connection) {
        this.config = config;
        this.connection = connection;
        this.worker = WorkerState.of(connection.worker());
    }

    HcmConfig config() {
        return config;
    }

    WorkerState worker() {
        return worker;
    }

    DownstreamConnection connection() {
        return connection;
    }

    ConnectionInfo info() {
        return connection.info();
    }

    @Override
    public void onNewConnection() {
        config.stats().connections.inc();
        config.stats().activeConnections.inc();
        connection.delayedCloseMillis(config.timeouts().delayedClose());
        long idle = config.timeouts().connectionIdle();
        if (idle > 0) {
            idleTimer = connection.worker().timer(this::onIdle);
            idleTimer.arm(idle);
        }
        long duration = config.timeouts().connectionMaxDuration();
        if (duration > 0) {
            durationTimer = connection.worker().timer(this::onMaxDuration);
            durationTimer.arm(duration);
        }
    }

    private void onIdle() {
        config.stats().connectionIdleTimeouts.inc();
        if (codec == null) {
            close(DownstreamConnection.Close.FLUSH);
        } else {
            startDraining();
        }
    }

    private void onMaxDuration() {
        config.stats().connectionMaxDuration.inc();
        if (codec == null) {
            close(DownstreamConnection.Close.FLUSH);
        } else {
            startDraining();
        }
    }

    @Override
    public void onData(ByteBuf data) {
        ServerConnection to = codec;
        if (to == null) {
            ByteBuf all = undecided == null ? data.alloc().ioBuffer(64 + data.readableBytes()) : undecided;
            all.writeBytes(data);
            data.release();
            to = chooseCodec(all);
            undecided = to == null ? all : null;
            codec = to;
            if (to != null) {
                connection.session().protocol(to.protocol());
                to.onBytes(all);
            }
            return;
        }
        to.onBytes(data);
    }

    /** The codec for these first bytes, or null while they could still be either. */
    private @Nullable ServerConnection chooseCodec(ByteBuf first) {
        return switch (config.codec()) {
            case HTTP1 -> http1();
            case HTTP2 -> http2();
            case AUTO -> {
                String alpn = connection.info().alpn();
                if (alpn != null && !alpn.isEmpty()) {
                    yield alpn.equals("h2") ? http2() : http1();
                }
                int same = prefaceBytes(first);
                if (same == PREFACE.length) {
                    yield http2();
                }
                yield same == first.readableBytes() ? null : http1();
            }
        };
    }

    /** How many of the first bytes agree with HTTP/2's preface. */
    private static int prefaceBytes(ByteBuf first) {
        int length = Math.min(first.readableBytes(), PREFACE.length);
        int same = 0;
        while (same < length && first.getByte(first.readerIndex() + same) == PREFACE[same]) {
            same++;
        }
        return same;
    }

    private ServerConnection http1() {
        config.stats().http1.inc();
        config.stats().http1Active.inc();
        return new Http1ServerConnection(output(), this, config.http1());
    }

    private ServerConnection http2() {
        http2 = true;
        config.stats().http2.inc();
        config.stats().http2Active.inc();
        return new Http2ServerConnection(output(), this, config.http2());
    }

    private DownstreamOutput output() {
        return new DownstreamOutput(connection, worker.flushes());
    }

    @Override
    public void onReadComplete() {
        if (codec != null) {
            codec.onReadComplete();
        }
    }

    @Override
    public void onWritabilityChanged(boolean writable) {
        if (codec != null) {
            codec.onChannelWritabilityChanged(writable);
        }
    }

    @Override
    public void onRequestBegun() {
        disarm(idleTimer);
        long limit = config.timeouts().requestHeaders();
        if (limit > 0) {
            if (headersTimer == null) {
                headersTimer = connection.worker().timer(this::onHeadersTimeout);
            }
            headersTimer.arm(limit);
        }
    }

    private void onHeadersTimeout() {
        config.stats().headerTimeouts.inc();
        if (codec != null) {
            codec.refuseRequest(408, HttpStream.REQUEST_HEADER_TIMEOUT);
        }
    }

    @Override
    public RequestReceiver onNewStream(ResponseSender sender) {
        disarm(headersTimer);
        disarm(idleTimer);
        requests++;
        HcmStats stats = config.stats();
        stats.requests.inc();
        stats.activeRequests.inc();
        (http2 ? stats.requestsHttp2 : stats.requestsHttp1).inc();
        if (config.maxRequestsPerConnection() > 0 && requests >= config.maxRequestsPerConnection()) {
            stats.maxRequestsReached.inc();
            lastRequest = true;
        }
        HttpStream stream = new HttpStream(this, sender);
        streams.add(stream);
        return stream;
    }

    private boolean lastRequest;

    /** True for the last request that max_requests_per_connection allows. */
    boolean lastRequest() {
        return lastRequest;
    }

    @Override
    public void onGoAway() {}

    @Override
    public void onProtocolError(String details) {
        config.stats().protocolErrors.inc();
        info().terminationDetails(details);
        close(DownstreamConnection.Close.FLUSH_AND_LINGER);
    }

    /** Protocol of the connection as logs write it. */
    String protocol() {
        return codec == null ? "HTTP/1.1" : codec.protocol();
    }

    boolean http2Connection() {
        return http2;
    }

    boolean peerWantsClose() {
        return codec != null && codec.peerWantsClose();
    }

    /** Announces the end, ends the connection after the drain time, or at once when nothing is going on. */
    private void startDraining() {
        if (drain != Drain.NONE) {
            return;
        }
        drain = Drain.DRAINING;
        if (codec != null) {
            codec.shutdownNotice();
        }
        drainTimer = connection.worker().timer(this::onDrained);
        drainTimer.arm(config.timeouts().drain());
    }

    private void onDrained() {
        if (drain != Drain.DRAINING) {
            return;
        }
        drain = Drain.CLOSING;
        if (codec != null) {
            codec.goAway();
        }
        closeWhenIdle(false);
    }

    @Override
    public void onDrain() {
        if (streams.isEmpty() && requests > 0 && !http2) {
            return;
        }
        if (http2) {
            startDraining();
        }
    }

    /** Called before each answer: whether it shall carry {@code connection: close}. */
    boolean drainingNow() {
        if (drain == Drain.NONE && connection.draining()) {
            config.stats().drainCloses.inc();
            startDraining();
        }
        return drain != Drain.NONE;
    }

    /** The connection ends with the streams that are open. */
    void closeAfterStreams() {
        if (drain != Drain.CLOSED) {
            drain = Drain.CLOSING;
        }
    }

    /** A stream is over. {@code promptly}: the client asked for the end and has sent everything, so nothing is lost by closing now. */
    void onStreamEnd(HttpStream stream, boolean promptly) {
        streams.remove(stream);
        config.stats().activeRequests.dec();
        if (drain == Drain.CLOSING) {
            closeWhenIdle(promptly);
        } else if (streams.isEmpty()) {
            arm(idleTimer, config.timeouts().connectionIdle());
        }
    }

    private void closeWhenIdle(boolean promptly) {
        if (streams.isEmpty() && drain == Drain.CLOSING) {
            boolean linger = !promptly && config.timeouts().delayedClose() > 0;
            close(linger ? DownstreamConnection.Close.FLUSH_AND_LINGER : DownstreamConnection.Close.FLUSH);
        }
    }

    private void close(DownstreamConnection.Close how) {
        if (drain == Drain.CLOSED) {
            return;
        }
        drain = Drain.CLOSED;
        // What the codec has queued must be with the channel before it is told to close.
        worker.flushes().run();
        connection.close(how, "");
    }

    @Override
    public void onClosed() {
        drain = Drain.CLOSED;
        disarm(idleTimer);
        disarm(durationTimer);
        disarm(drainTimer);
        disarm(headersTimer);
        HcmStats stats = config.stats();
        stats.activeConnections.dec();
        stats.destroyed.inc();
        if (undecided != null) {
            undecided.release();
            undecided = null;
        }
        if (codec != null) {
            (http2 ? stats.http2Active : stats.http1Active).dec();
            codec.onClosed("");
        }
        stats.connectionTime.record((System.nanoTime() - connection.info().startNanos()) / 1_000_000);
    }

    private static void disarm(@Nullable Timer timer) {
        if (timer != null) {
            timer.disarm();
        }
    }

    private static void arm(@Nullable Timer timer, long millis) {
        if (timer != null) {
            timer.arm(millis);
        }
    }
}
