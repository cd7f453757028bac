package io.layar.proxy.router;

import io.layar.proxy.codec.RequestSender;
import io.layar.proxy.codec.ResetReason;
import io.layar.proxy.codec.ResponseReceiver;
import io.layar.proxy.core.accesslog.LogInput;
import io.layar.proxy.core.cluster.Host;
import io.layar.proxy.core.cluster.Priority;
import io.layar.proxy.core.http.HeaderMap;
import io.layar.proxy.core.http.HeaderNames;
import io.layar.proxy.core.lb.LoadBalancerContext;
import io.layar.proxy.core.route.MirrorPolicy;
import io.layar.proxy.core.route.Paths;
import io.layar.proxy.core.stream.StreamInfo;
import io.layar.proxy.upstream.PendingStream;
import io.layar.proxy.upstream.PoolCallbacks;
import io.layar.proxy.upstream.PoolFailure;
import io.layar.proxy.upstream.UpstreamConnection;
import io.layar.proxy.upstream.WorkerCluster;
import io.layar.proxy.worker.Timer;
import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** A copy of a request to one mirror; its answer is read and dropped. Thread: event loop of the stream. */
final class ShadowRequest implements ResponseReceiver, PoolCallbacks {
    private final WorkerCluster cluster;
    private final HeaderMap headers;
    private final ArrayDeque<ByteBuf> waiting = new ArrayDeque<>(2);
    private final Timer timer;
    private final long timeoutMillis;
    private @Nullable PendingStream pending;
    private @Nullable RequestSender sender;
    private @Nullable HeaderMap waitingTrailers;
    private boolean headersEnd;
    private boolean requestEnd;
    private boolean answerEnd;
    private boolean over;

    ShadowRequest(MirrorPolicy policy, RouterFilter router, WorkerCluster cluster) {
        this.cluster = cluster;
        this.headers = router.requestHeaders().copy();
        this.timer = router.callbacks().worker().timer(this::onTimeout);
        this.timeoutMillis = router.globalTimeoutMillis();
        StreamInfo info = router.callbacks().streamInfo();
        String authority = headers.get(HeaderNames.AUTHORITY);
        if (!policy.hostRewrite().isEmpty()) {
            headers.set(HeaderNames.AUTHORITY, policy.hostRewrite());
        } else if (policy.suffix() && authority != null) {
            headers.set(HeaderNames.AUTHORITY, suffixed(authority));
        }
        headers.set("x-envoy-internal", "true");
        String known = headers.get(HeaderNames.X_FORWARDED_FOR);
        String local = LocalAddress.TEXT;
        headers.set(HeaderNames.X_FORWARDED_FOR, known == null ? local : known + "," + local);
        policy.mutations().apply(headers, LogInput.ofRequest(info, headers));
    }

    /** {@code host:80} becomes {@code host-shadow:80}. */
    static String suffixed(String authority) {
        int port = Paths.portStart(authority);
        return port < 0 ? authority + "-shadow" : authority.substring(0, port) + "-shadow" + authority.substring(port);
    }

    void headers(boolean end) {
        headersEnd = end;
        requestEnd = end;
        Host host = cluster.chooseHost(LoadBalancerContext.NONE);
        if (host == null) {
            charge(503);
            finish();
            return;
        }
        if (timeoutMillis > 0) {
            timer.arm(timeoutMillis);
        }
        PendingStream handle = cluster.httpPool(host, Priority.DEFAULT, null, headers.get(HeaderNames.AUTHORITY))
                .newStream(this, this);
        if (sender == null && !over) {
            pending = handle;
        }
    }

    private void charge(int status) {
        cluster.stats().responses.charge(status);
        cluster.stats().responses(true).charge(status);
    }

    @Override
    public void onReady(RequestSender ready, Host host, UpstreamConnection connection) {
        pending = null;
        sender = ready;
        ready.sendHeaders(headers, headersEnd);
        while (!over && !waiting.isEmpty()) {
            ByteBuf data = waiting.poll();
            ready.sendData(data, requestEnd && waiting.isEmpty() && waitingTrailers == null);
        }
        if (!over && waitingTrailers != null) {
            ready.sendTrailers(waitingTrailers);
        }
    }

    @Override
    public void onFailure(PoolFailure failure, String transportFailure, @Nullable Host host) {
        if (!over) {
            charge(503);
            finish();
        }
    }

    /** Consumes {@code data}. */
    void data(ByteBuf data, boolean end) {
        requestEnd = end;
        if (over) {
            data.release();
        } else if (sender == null) {
            waiting.add(data);
        } else {
            sender.sendData(data, end);
        }
    }

    void trailers(HeaderMap trailers) {
        requestEnd = true;
        if (over) {
            return;
        }
        if (sender == null) {
            waitingTrailers = trailers;
        } else {
            sender.sendTrailers(trailers);
        }
    }

    void onRequestGone() {
        if (!requestEnd) {
            cancel();
        }
    }

    private void onTimeout() {
        if (!over) {
            cluster.stats().rqTimeout.inc();
            charge(504);
            cancel();
        }
    }

    private void cancel() {
        if (over) {
            return;
        }
        RequestSender open = sender;
        PendingStream handle = pending;
        finish();
        if (handle != null) {
            handle.cancel();
        } else if (open != null) {
            open.reset(ResetReason.LOCAL_RESET);
        }
    }

    private void finish() {
        over = true;
        timer.disarm();
        while (!waiting.isEmpty()) {
            waiting.poll().release();
        }
    }

    private void onAnswerEnd() {
        answerEnd = true;
        if (requestEnd) {
            finish();
        } else {
            cancel();
        }
    }

    @Override
    public void onInformational(HeaderMap informational) {}

    @Override
    public void onHeaders(HeaderMap response, boolean end) {
        if (over) {
            return;
        }
        charge((int) RequestTimeouts.number(response.get(HeaderNames.STATUS)));
        if (end) {
            onAnswerEnd();
        }
    }

    @Override
    public void onData(ByteBuf data, boolean end) {
        data.release();
        if (end && !over) {
            onAnswerEnd();
        }
    }

    @Override
    public void onTrailers(HeaderMap trailers) {
        if (!over) {
            onAnswerEnd();
        }
    }

    @Override
    public void onReset(ResetReason reason, String details) {
        if (!over && !answerEnd) {
            charge(503);
            finish();
        }
    }

    @Override
    public void onWritabilityChanged(boolean writable) {}
}
