package io.layar.proxy.router;

import io.layar.proxy.codec.RequestSender;
import io.layar.proxy.codec.ResetReason;
import io.layar.proxy.codec.ResponseReceiver;
import io.layar.proxy.core.cluster.Host;
import io.layar.proxy.core.http.HeaderMap;
import io.layar.proxy.core.outlier.OutlierResult;
import io.layar.proxy.core.stream.StreamInfo;
import io.layar.proxy.core.stream.TimePoint;
import io.layar.proxy.core.stream.UpstreamInfo;
import io.layar.proxy.upstream.HttpPool;
import io.layar.proxy.upstream.PendingStream;
import io.layar.proxy.upstream.PoolCallbacks;
import io.layar.proxy.upstream.PoolFailure;
import io.layar.proxy.upstream.UpstreamConnection;
import io.layar.proxy.worker.Timer;
import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of a request: a stream to one host, from asking the pool to the end of the answer.
 *
 * <p>Data that comes before the stream is open waits here; beyond the buffer limit the client is paused.
 * Thread: event loop of the stream.
 */
final class UpstreamRequest implements ResponseReceiver, PoolCallbacks {
    private final RouterFilter router;
    private final Host host;
    private final UpstreamInfo facts;
    private final StreamInfo info;
    private @Nullable PendingStream pending;
    private @Nullable RequestSender sender;
    private @Nullable ArrayDeque<ByteBuf> waiting;
    private int waitingBytes;
    private boolean waitingEnd;
    private @Nullable HeaderMap waitingTrailers;
    private boolean headersEnd;
    private boolean encodeComplete;
    private boolean answerComplete;
    private boolean awaitingHeaders = true;
    private boolean retried;
    private boolean timeoutRecorded;
    private boolean paused;
    private boolean over;
    private boolean holdBody;
    private boolean answerPaused;
    private @Nullable Timer perTryTimer;
    private @Nullable Timer idleTimer;
    private @Nullable Timer lifeTimer;

    UpstreamRequest(RouterFilter router, Host host, UpstreamInfo facts) {
        this.router = router;
        this.host = host;
        this.facts = facts;
        this.info = router.callbacks().streamInfo();
    }

    Host host() {
        return host;
    }

    UpstreamInfo facts() {
        return facts;
    }

    boolean awaitingHeaders() {
        return awaitingHeaders;
    }

    boolean retried() {
        return retried;
    }

    void markRetried() {
        retried = true;
    }

    boolean timeoutRecorded() {
        return timeoutRecorded;
    }

    void recordTimeout() {
        timeoutRecorded = true;
    }

    /** Whether any of the request was given to the upstream. */
    boolean started() {
        return sender != null;
    }

    // ---- towards the upstream

    /** Asks the pool for a stream. {@code end}: headers are all of the request. */
    void open(HttpPool pool, boolean end, boolean waitForAnswer) {
        headersEnd = end;
        holdBody = waitForAnswer;
        PendingStream handle = pool.newStream(this, this);
        if (sender == null && !over) {
            pending = handle;
        }
    }

    @Override
    public void onReady(RequestSender newSender, Host ready, UpstreamConnection connection) {
        pending = null;
        sender = newSender;
        rememberHost();
        remember(connection);
        long now = System.nanoTime();
        info.mark(TimePoint.US_TX_BEG, now);
        if (host.outlier() != null) {
            host.outlier().onResult(OutlierResult.LOCAL_ORIGIN_CONNECT_SUCCESS);
        }
        if (answerPaused) {
            newSender.pauseReading(true);
        }
        router.onAttemptOpen(this);
        newSender.sendHeaders(router.upstreamHeaders(host), headersEnd);
        if (over) {
            return;
        }
        if (headersEnd) {
            onEncoded(now);
        } else if (!holdBody) {
            releaseWaiting();
        }
        if (!over && !paused && !newSender.isWritable()) {
            pauseClient(true);
        }
    }

    /** Logs name a host from the moment on when the pool had to do with it. */
    private void rememberHost() {
        facts.host(host.address(), host.hostname(), host.metadata());
        facts.locality(
                host.locality().region(),
                host.locality().zone(),
                host.locality().subZone());
    }

    private void remember(UpstreamConnection connection) {
        facts.local(connection.local());
        facts.tls(connection.tls());
        facts.protocol(connection.protocol());
        facts.connectionId(connection.id());
        facts.numStreams(connection.streams());
        long began = info.time(TimePoint.US_CX_BEG);
        facts.poolReadyNanos(began == 0 ? 0 : System.nanoTime() - began);
        if (connection.streams() == 1) {
            info.mark(TimePoint.US_CX_BEG, connection.connectBeginNanos());
            info.mark(TimePoint.US_CX_END, connection.connectEndNanos());
            info.mark(TimePoint.US_HS_END, connection.handshakeEndNanos());
        }
    }

    private void releaseWaiting() {
        ArrayDeque<ByteBuf> bodies = waiting;
        waiting = null;
        waitingBytes = 0;
        if (paused) {
            pauseClient(false);
        }
        while (bodies != null && !bodies.isEmpty()) {
            ByteBuf data = bodies.poll();
            if (over) {
                data.release();
            } else {
                data(data, bodies.isEmpty() && waitingEnd);
            }
        }
        HeaderMap trailers = waitingTrailers;
        if (trailers != null && !over) {
            waitingTrailers = null;
            trailers(trailers);
        }
    }

    /** Sends, or keeps until it can be sent. Consumes {@code data}. */
    void data(ByteBuf data, boolean end) {
        RequestSender open = sender;
        if (over || encodeComplete) {
            data.release();
            return;
        }
        if (open == null || holdBody) {
            if (waiting == null) {
                waiting = new ArrayDeque<>(4);
            }
            waitingBytes += data.readableBytes();
            waitingEnd |= end;
            waiting.add(data);
            if (!paused && waitingBytes > router.callbacks().requestBufferLimit()) {
                pauseClient(true);
            }
            return;
        }
        idle();
        open.sendData(data, end);
        if (end && !over) {
            onEncoded(System.nanoTime());
        }
    }

    void trailers(HeaderMap trailers) {
        RequestSender open = sender;
        if (over || encodeComplete) {
            return;
        }
        if (open == null || holdBody) {
            waitingTrailers = trailers;
            return;
        }
        open.sendTrailers(trailers);
        onEncoded(System.nanoTime());
    }

    private void onEncoded(long now) {
        encodeComplete = true;
        info.mark(TimePoint.US_TX_END, now);
    }

    /** CONNECT or an upgrade was accepted: what waited may flow. */
    void releaseBody() {
        holdBody = false;
        releaseWaiting();
    }

    // ---- from the upstream

    @Override
    public void onInformational(HeaderMap headers) {
        if (!over) {
            router.onUpstreamInformational(headers);
        }
    }

    @Override
    public void onHeaders(HeaderMap headers, boolean end) {
        if (over) {
            return;
        }
        info.mark(TimePoint.US_RX_BEG, System.nanoTime());
        awaitingHeaders = false;
        disarm(perTryTimer);
        idle();
        answerComplete = end;
        router.onResponseHeaders(this, headers, end);
    }

    @Override
    public void onData(ByteBuf data, boolean end) {
        if (over) {
            data.release();
            return;
        }
        idle();
        info.markFirst(TimePoint.US_RX_BODY_BEG, System.nanoTime());
        answerComplete = end;
        router.onResponseData(this, data, end);
    }

    @Override
    public void onTrailers(HeaderMap trailers) {
        if (!over) {
            answerComplete = true;
            router.onResponseTrailers(this, trailers);
        }
    }

    @Override
    public void onReset(ResetReason reason, String details) {
        if (!over) {
            finish();
            router.onAttemptReset(this, reason, reason == ResetReason.PROTOCOL_ERROR ? "" : details);
        }
    }

    @Override
    public void onFailure(PoolFailure failure, String transportFailure, @Nullable Host failed) {
        if (!over) {
            finish();
            if (failed != null) {
                rememberHost();
            }
            facts.transportFailure(transportFailure);
            router.onAttemptReset(this, failure.resetReason(), transportFailure);
        }
    }

    @Override
    public void onWritabilityChanged(boolean writable) {
        if (!over && waiting == null && paused == writable) {
            pauseClient(!writable);
        }
    }

    private void pauseClient(boolean pause) {
        paused = pause;
        router.callbacks().pauseRequest(pause);
    }

    /** The client takes bytes slower than they come, or has caught up. */
    void pauseAnswer(boolean pause) {
        if (over || answerPaused == pause) {
            return;
        }
        answerPaused = pause;
        if (sender != null) {
            sender.pauseReading(pause);
        }
    }

    // ---- limits

    void armPerTry(long millis) {
        if (millis > 0 && awaitingHeaders && !over) {
            Timer timer = router.callbacks().worker().timer(() -> router.onPerTryTimeout(this, false));
            perTryTimer = timer;
            timer.arm(millis);
        }
    }

    void armIdle(long millis) {
        if (millis > 0) {
            idleTimer = router.callbacks().worker().timer(() -> router.onPerTryTimeout(this, true));
            idleTimer.arm(millis);
        }
    }

    void armLife(long millis) {
        if (millis > 0) {
            lifeTimer = router.callbacks().worker().timer(() -> router.onStreamDurationReached(this));
            lifeTimer.arm(millis);
        }
    }

    private void idle() {
        Timer timer = idleTimer;
        if (timer != null) {
            timer.arm(router.perTryIdleMillis());
        }
    }

    private static void disarm(@Nullable Timer timer) {
        if (timer != null) {
            timer.disarm();
        }
    }

    /** Ends the attempt; what is not complete is reset. */
    void cancel() {
        if (over) {
            return;
        }
        PendingStream handle = pending;
        RequestSender open = sender;
        finish();
        if (handle != null) {
            handle.cancel();
        } else if (open != null && !(encodeComplete && answerComplete)) {
            open.reset(ResetReason.LOCAL_RESET);
        }
    }

    private void finish() {
        over = true;
        pending = null;
        disarm(perTryTimer);
        disarm(idleTimer);
        disarm(lifeTimer);
        ArrayDeque<ByteBuf> bodies = waiting;
        waiting = null;
        while (bodies != null && !bodies.isEmpty()) {
            bodies.poll().release();
        }
        if (paused) {
            pauseClient(false);
        }
    }
}
