package io.layar.proxy.router;

import io.layar.proxy.codec.ResetReason;
import io.layar.proxy.core.accesslog.GrpcStatus;
import io.layar.proxy.core.cluster.Host;
import io.layar.proxy.core.cluster.HostStat;
import io.layar.proxy.core.cluster.Priority;
import io.layar.proxy.core.http.HeaderMap;
import io.layar.proxy.core.http.HeaderNames;
import io.layar.proxy.core.outlier.OutlierResult;
import io.layar.proxy.core.retry.AttemptedHosts;
import io.layar.proxy.core.retry.RetryState;
import io.layar.proxy.core.route.HostRewrite;
import io.layar.proxy.core.route.Route;
import io.layar.proxy.core.route.RouteAction;
import io.layar.proxy.core.route.VirtualCluster;
import io.layar.proxy.core.stream.ResponseFlag;
import io.layar.proxy.core.stream.StreamInfo;
import io.layar.proxy.core.stream.UpstreamInfo;
import io.layar.proxy.http.DataStatus;
import io.layar.proxy.http.FilterCallbacks;
import io.layar.proxy.http.HeadersStatus;
import io.layar.proxy.http.HttpFilter;
import io.layar.proxy.http.TrailersStatus;
import io.layar.proxy.upstream.WorkerCluster;
import io.layar.proxy.upstream.WorkerClusters;
import io.layar.proxy.worker.Timer;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * The router of one stream: finds the cluster, sends the request, tries again, brings the answer back.
 *
 * <p>Order: at most one attempt is under way, two with hedging; the first answer wins. Thread: event loop of the stream.
 */
final class RouterFilter implements HttpFilter {
    private final RouterConfig config;
    private final FilterCallbacks callbacks;
    private final WorkerClusters clusters;
    private final StreamInfo info;
    private final List<UpstreamRequest> attempts = new ArrayList<>(2);
    private @Nullable Route route;
    private RouteAction.@Nullable Forward forward;
    private @Nullable WorkerCluster cluster;
    private @Nullable Charges charges;
    private @Nullable RequestBalancing balancing;
    private @Nullable RetryState retry;
    private @Nullable RequestTimeouts timeouts;
    private @Nullable KeptBody kept;
    private @Nullable Shadows shadows;
    private @Nullable HeaderMap trailers;
    private HeaderMap headers = new HeaderMap();
    private int timeoutStatus = 504;
    private int attemptCount;
    private int pendingRetries;
    private long streamDuration = -1;
    private long requestEndNanos;
    private boolean requestEnd;
    private boolean bodySeen;
    private boolean started;
    private boolean startedUpstream;
    private boolean done;
    private @Nullable Timer answerTimer;
    private @Nullable Timer retryTimer;
    private @Nullable UpstreamRequest winner;

    RouterFilter(RouterConfig config, FilterCallbacks callbacks, WorkerClusters clusters) {
        this.config = config;
        this.callbacks = callbacks;
        this.clusters = clusters;
        this.info = callbacks.streamInfo();
    }

    FilterCallbacks callbacks() {
        return callbacks;
    }

    RouterConfig config() {
        return config;
    }

    RequestBalancing balancing() {
        return known(balancing);
    }

    /** Whether body bytes are gone that another attempt would need. */
    boolean bodyLost() {
        return bodySeen && kept == null;
    }

    long globalTimeoutMillis() {
        return timeouts == null ? 0 : timeouts.global();
    }

    long perTryIdleMillis() {
        return timeouts == null ? 0 : timeouts.perTryIdle();
    }

    // ---- the request

    @Override
    public HeadersStatus onRequestHeaders(HeaderMap request, boolean end) {
        headers = request;
        config.stats().total().inc();
        Route found = callbacks.route();
        if (found == null) {
            noRoute();
            return HeadersStatus.STOP;
        }
        route = found;
        switch (found.action()) {
            case RouteAction.Forward target -> forward(found, target, end);
            case RouteAction.NonForwarding _ -> noRoute();
            case RouteAction.Redirecting redirecting -> DirectAnswers.redirect(this, found, redirecting, config);
            case RouteAction.Responding responding -> DirectAnswers.respond(this, found, responding, config);
        }
        return HeadersStatus.STOP;
    }

    HeaderMap requestHeaders() {
        return headers;
    }

    private void noRoute() {
        config.stats().noRoute().inc();
        info.addFlag(ResponseFlag.NO_ROUTE_FOUND);
        done = true;
        callbacks.sendLocalReply(404, "", "route_not_found");
    }

    private void forward(Route found, RouteAction.Forward target, boolean end) {
        forward = target;
        if (!StrictHeaders.pass(config.strictHeaders(), headers, callbacks)) {
            done = true;
            return;
        }
        WorkerCluster named = clusters.cluster(target.cluster());
        if (named == null) {
            config.stats().noCluster().inc();
            info.addFlag(ResponseFlag.NO_CLUSTER_FOUND);
            done = true;
            callbacks.sendLocalReply(target.clusterNotFoundStatus(), "", "cluster_not_found");
            return;
        }
        cluster = named;
        boolean grpc = GrpcStatus.isGrpcRequest(headers);
        charges = new Charges(named, config, info, grpc);
        info.writableUpstream().cluster(named.name(), named.altStatName(), named.metadata());
        info.virtualClusterName(
                VirtualCluster.nameOf(headers, found.virtualHost().settings().virtualClusters()));
        if (refusedByCluster(named)) {
            return;
        }
        AttemptedHosts tried = new AttemptedHosts(target.retry().hostSelection());
        balancing = new RequestBalancing(target, headers, info, tried);
        Host host = named.chooseHost(balancing);
        if (host == null) {
            info.attemptCount(1);
            noHealthyUpstream();
            return;
        }
        prepare(found, target, named, grpc);
        start(host, end);
    }

    private boolean refusedByCluster(WorkerCluster named) {
        if (named.maintenanceMode()) {
            named.stats().rqMaintenanceMode.inc();
            info.addFlag(ResponseFlag.UPSTREAM_OVERFLOW);
            refuse("maintenance mode", "maintenance_mode", EnvoyHeaders.OVERLOADED);
            return true;
        }
        String category = named.dropOverload();
        if (category == null) {
            return false;
        }
        named.stats().rqDropOverload.inc();
        info.addFlag(ResponseFlag.UNCONDITIONAL_DROP_OVERLOAD);
        refuse("unconditional drop overload", "unconditional_drop_overload", EnvoyHeaders.UNCONDITIONAL_DROP);
        return true;
    }

    private void refuse(String body, String details, String header) {
        done = true;
        charge(503, null);
        callbacks.sendLocalReply(
                503,
                body,
                answer -> {
                    if (!config.suppressEnvoyHeaders()) {
                        answer.add(header, "true");
                    }
                },
                FilterCallbacks.NO_GRPC_STATUS,
                details);
    }

    private void prepare(Route found, RouteAction.Forward target, WorkerCluster named, boolean grpc) {
        boolean insert = !config.suppressEnvoyHeaders();
        attemptCount = 1;
        info.attemptCount(1);
        RequestTimeouts limits = RequestTimeouts.of(target, headers, grpc, config.respectExpectedTimeout());
        timeouts = limits;
        limits.announce(headers, 0, insert);
        String duration = headers.get(EnvoyHeaders.STREAM_DURATION);
        if (duration != null) {
            streamDuration = RequestTimeouts.number(duration);
            headers.remove(EnvoyHeaders.STREAM_DURATION);
        }
        if (headers.remove(EnvoyHeaders.ALT_RESPONSE)) {
            timeoutStatus = 204;
        }
        if (found.virtualHost().settings().requestAttemptCount()) {
            headers.set(EnvoyHeaders.ATTEMPT_COUNT, "1");
        }
        found.finalizeRequest(headers, info, insert);
        Priority priority = target.balancing().highPriority() ? Priority.HIGH : Priority.DEFAULT;
        retry = RetryState.create(
                target.retry(),
                headers,
                new RetryState.Surroundings(
                        named.stats(),
                        named.circuitBreakers(priority).retries(),
                        config.runtime(),
                        ThreadLocalRandom.current()));
        if (!target.extras().mirrors().isEmpty()) {
            shadows = Shadows.of(target.extras().mirrors(), this, clusters, config);
        }
    }

    private void start(Host host, boolean end) {
        requestEnd = end;
        UpstreamRequest attempt = attempt(host);
        open(attempt, end);
        Shadows copies = shadows;
        if (copies != null) {
            copies.headers(end);
        }
        if (end && !done) {
            onRequestComplete();
        }
    }

    private UpstreamRequest attempt(Host host) {
        WorkerCluster named = known(cluster);
        UpstreamInfo facts = attemptCount == 1 ? info.writableUpstream() : new UpstreamInfo();
        facts.cluster(named.name(), named.altStatName(), named.metadata());
        info.upstream(facts);
        known(balancing).tried().add(host);
        UpstreamRequest attempt = new UpstreamRequest(this, host, facts);
        attempts.add(attempt);
        return attempt;
    }

    private void open(UpstreamRequest attempt, boolean end) {
        Priority priority = known(forward).balancing().highPriority() ? Priority.HIGH : Priority.DEFAULT;
        boolean waits = callbacks.upgrade();
        attempt.open(
                UpstreamStreams.pool(known(cluster), attempt.host(), priority, this, known(forward)),
                end && !waits,
                waits);
    }

    @Override
    public DataStatus onRequestData(ByteBuf data, boolean end) {
        if (done) {
            data.release();
            return DataStatus.STOP_AND_DROP;
        }
        bodySeen = true;
        requestEnd = end;
        Shadows copies = shadows;
        if (copies != null) {
            copies.data(data, end);
        }
        if (keepsBody() && !keep(data)) {
            return DataStatus.STOP_AND_DROP;
        }
        UpstreamRequest attempt = attempts.isEmpty() ? null : attempts.getFirst();
        if (attempt == null) {
            data.release();
        } else {
            attempt.data(data, end);
        }
        if (end && !done) {
            onRequestComplete();
        }
        return DataStatus.STOP_AND_DROP;
    }

    private boolean keepsBody() {
        RouteAction.Forward target = forward;
        return retry != null && retry.enabled() && !callbacks.upgrade()
                || target != null && target.extras().internalRedirects() != null;
    }

    /** Keeps a copy for another attempt; false when it is too much and nothing goes on (the stream is answered then). */
    private boolean keep(ByteBuf data) {
        KeptBody body = kept;
        if (body == null) {
            long own = known(route).bufferLimit();
            body = new KeptBody(
                    own < 0 ? callbacks.requestBufferLimit() : Math.min(own, callbacks.requestBufferLimit()));
            kept = body;
        }
        if (body.add(data)) {
            return true;
        }
        body.release();
        if (retry != null) {
            retry.end();
            retry = null;
        }
        if (attempts.isEmpty()) {
            data.release();
            abandon();
            callbacks.sendLocalReply(
                    507,
                    "exceeded request buffer limit while retrying upstream",
                    this::addAttemptCount,
                    FilterCallbacks.NO_GRPC_STATUS,
                    "request_payload_exceeded_retry_buffer_limit");
            return false;
        }
        return true;
    }

    @Override
    public TrailersStatus onRequestTrailers(HeaderMap requestTrailers) {
        if (done) {
            return TrailersStatus.STOP;
        }
        trailers = requestTrailers;
        requestEnd = true;
        Shadows copies = shadows;
        if (copies != null) {
            copies.trailers(requestTrailers);
        }
        for (UpstreamRequest attempt : attempts) {
            attempt.trailers(requestTrailers);
        }
        if (!done) {
            onRequestComplete();
        }
        return TrailersStatus.STOP;
    }

    private void onRequestComplete() {
        requestEnd = true;
        requestEndNanos = System.nanoTime();
        if (attempts.isEmpty()) {
            return;
        }
        RequestTimeouts limits = known(timeouts);
        if (limits.global() > 0) {
            Timer timer = callbacks.worker().timer(this::onTimeout);
            answerTimer = timer;
            timer.arm(limits.global());
        }
        for (UpstreamRequest attempt : attempts) {
            if (attempt.started()) {
                attempt.armPerTry(limits.perTry());
            }
        }
    }

    /** The pool has a stream for the attempt. */
    void onAttemptOpen(UpstreamRequest attempt) {
        startedUpstream = true;
        RequestTimeouts limits = known(timeouts);
        if (requestEnd && requestEndNanos != 0 || requestEnd && attemptCount > 1) {
            attempt.armPerTry(limits.perTry());
        }
        attempt.armIdle(limits.perTryIdle());
        long life = streamDuration >= 0
                ? streamDuration
                : known(cluster).config().http().maxStreamDurationMillis();
        attempt.armLife(life);
    }

    /** The headers as they go to {@code host}. */
    HeaderMap upstreamHeaders(Host host) {
        RouteAction.Rewrites rewrites = known(forward).rewrites();
        if (rewrites.host() instanceof HostRewrite.Auto && !host.hostname().isEmpty()) {
            Route.rewriteHost(headers, host.hostname(), rewrites.appendForwardedHost(), !config.suppressEnvoyHeaders());
        }
        return headers;
    }

    // ---- the answer

    void onUpstreamInformational(HeaderMap informational) {
        callbacks.sendInformational(informational);
    }

    void onResponseHeaders(UpstreamRequest attempt, HeaderMap response, boolean end) {
        int status = (int) RequestTimeouts.number(response.get(HeaderNames.STATUS));
        Charges stats = known(charges);
        stats.outlier(attempt.host(), response, status);
        if (callbacks.upgrade() && !continuesUpgrade(attempt, response, status)) {
            return;
        }
        boolean notRetried = false;
        RetryState state = retry;
        if (state != null) {
            if (attempt.retried()) {
                notRetried = state.wouldRetry(response);
            } else {
                switch (state.onHeaders(response)) {
                    case RETRY -> {
                        attempt.host().inc(HostStat.RQ_ERROR);
                        stats.retried(status);
                        attempts.remove(attempt);
                        attempt.cancel();
                        scheduleRetry(state, false);
                        return;
                    }
                    case NO_OVERFLOW -> {
                        info.addFlag(ResponseFlag.UPSTREAM_OVERFLOW);
                        notRetried = true;
                    }
                    case NO_LIMIT_EXCEEDED -> {
                        info.addFlag(ResponseFlag.UPSTREAM_RETRY_LIMIT_EXCEEDED);
                        notRetried = true;
                    }
                    case NO -> {}
                }
            }
        }
        if (InternalRedirect.follow(this, known(route), known(forward), response, status)) {
            return;
        }
        if (notRetried && othersMayAnswer(attempt)) {
            attempt.host().inc(HostStat.RQ_ERROR);
            attempts.remove(attempt);
            attempt.cancel();
            return;
        }
        answer(attempt, response, status, end);
    }

    /** Lets the body of an accepted upgrade flow; false when a WebSocket handshake failed: its answer ends with the headers. */
    private boolean continuesUpgrade(UpstreamRequest attempt, HeaderMap response, int status) {
        boolean connect = "CONNECT".equals(headers.get(HeaderNames.METHOD));
        if (connect ? status >= 200 && status < 300 : status == 101) {
            attempt.releaseBody();
            return true;
        }
        if (connect || !"websocket".equalsIgnoreCase(headers.get(HeaderNames.UPGRADE))) {
            return true;
        }
        attempts.remove(attempt);
        attempt.cancel();
        known(charges).answer(status, attempt.host());
        abandon();
        response.set(HeaderNames.CONTENT_LENGTH, "0");
        response.remove(HeaderNames.TRANSFER_ENCODING);
        started = true;
        callbacks.sendHeaders(response, true, "websocket_handshake_unsuccessful");
        return false;
    }

    private boolean othersMayAnswer(UpstreamRequest attempt) {
        if (pendingRetries > 0) {
            return true;
        }
        for (UpstreamRequest other : attempts) {
            if (other != attempt && other.awaitingHeaders()) {
                return true;
            }
        }
        return false;
    }

    private void answer(UpstreamRequest attempt, HeaderMap response, int status, boolean end) {
        endRetries();
        if (requestEndNanos != 0 && !config.suppressEnvoyHeaders()) {
            long millis = (System.nanoTime() - requestEndNanos) / 1_000_000;
            response.set(EnvoyHeaders.SERVICE_TIME, Long.toString(millis));
        }
        Charges stats = known(charges);
        stats.answer(status, attempt.host());
        stats.success(attempt.host(), response, status, end);
        known(balancing).cookies().forEach(cookie -> response.add("set-cookie", cookie));
        addAttemptCount(response);
        info.responseCode(status);
        known(route).finalizeResponse(headers, response, info);
        for (UpstreamRequest other : new ArrayList<>(attempts)) {
            if (other != attempt) {
                attempts.remove(other);
                other.cancel();
            }
        }
        started = true;
        winner = attempt;
        info.upstream(attempt.facts());
        if (end) {
            onAnswerComplete(attempt);
        }
        callbacks.sendHeaders(response, end, "via_upstream");
    }

    void onResponseData(UpstreamRequest attempt, ByteBuf data, boolean end) {
        if (end) {
            onAnswerComplete(attempt);
        }
        callbacks.sendData(data, end);
    }

    void onResponseTrailers(UpstreamRequest attempt, HeaderMap responseTrailers) {
        known(charges).grpcTrailers(attempt.host(), responseTrailers);
        onAnswerComplete(attempt);
        callbacks.sendTrailers(responseTrailers);
    }

    private void onAnswerComplete(UpstreamRequest attempt) {
        if (requestEndNanos != 0) {
            known(charges).time((System.nanoTime() - requestEndNanos) / 1_000_000);
        }
        attempts.remove(attempt);
        // An answer before the end of the request: the rest of the request is of no use to anybody.
        attempt.cancel();
        abandon();
    }

    @Override
    public void onDownstreamWritable(boolean writable) {
        UpstreamRequest answering = winner;
        if (answering != null) {
            answering.pauseAnswer(!writable);
        }
    }

    // ---- failures

    void onAttemptReset(UpstreamRequest attempt, ResetReason reason, String transportFailure) {
        boolean dropped = reason == ResetReason.OVERFLOW;
        if (!dropped && attempt.host().outlier() != null) {
            attempt.host().outlier().onResult(OutlierResult.LOCAL_ORIGIN_CONNECT_FAILED);
        }
        if (retryReset(attempt, reason, false)) {
            return;
        }
        int status = reason == ResetReason.PROTOCOL_ERROR ? 502 : 503;
        known(charges).abort(status, attempt.host(), started);
        attempts.remove(attempt);
        if (othersMayAnswer(attempt)) {
            return;
        }
        String text = ResetTexts.text(reason);
        String body = "upstream connect error or disconnect/reset before headers. "
                + (attemptCount > 1 ? "retried and the latest " : "")
                + "reset reason: " + text;
        String details =
                (started ? "upstream_reset_after_response_started{" : "upstream_reset_before_response_started{") + text
                        + (transportFailure.isEmpty() ? "" : "|" + transportFailure) + "}";
        abort(status, ResetTexts.flag(reason), body, dropped, details.replace(' ', '_'));
    }

    private boolean retryReset(UpstreamRequest attempt, ResetReason reason, boolean timeout) {
        RetryState state = retry;
        if (started || state == null || attempt.retried()) {
            return false;
        }
        switch (state.onReset(ResetTexts.kind(reason), startedUpstream)) {
            case RETRY -> {
                attempt.host().inc(HostStat.RQ_ERROR);
                attempts.remove(attempt);
                attempt.cancel();
                scheduleRetry(state, timeout);
                return true;
            }
            case NO_OVERFLOW -> info.addFlag(ResponseFlag.UPSTREAM_OVERFLOW);
            case NO_LIMIT_EXCEEDED -> info.addFlag(ResponseFlag.UPSTREAM_RETRY_LIMIT_EXCEEDED);
            case NO -> {}
        }
        return false;
    }

    private void abort(int status, ResponseFlag flag, String body, boolean dropped, String details) {
        info.addFlag(flag);
        abandon();
        callbacks.sendLocalReply(
                status,
                body,
                answer -> {
                    if (dropped && !config.suppressEnvoyHeaders()) {
                        answer.add(EnvoyHeaders.OVERLOADED, "true");
                    }
                    addAttemptCount(answer);
                },
                FilterCallbacks.NO_GRPC_STATUS,
                details);
    }

    private void noHealthyUpstream() {
        info.addFlag(ResponseFlag.NO_HEALTHY_UPSTREAM);
        charge(503, null);
        abandon();
        callbacks.sendLocalReply(
                503,
                "no healthy upstream",
                this::addAttemptCount,
                FilterCallbacks.NO_GRPC_STATUS,
                "no_healthy_upstream");
    }

    private void onTimeout() {
        Charges stats = known(charges);
        while (!attempts.isEmpty()) {
            UpstreamRequest attempt = attempts.removeFirst();
            stats.timeout(attempt.host());
            if (attempt.awaitingHeaders()) {
                if (!attempt.timeoutRecorded()) {
                    stats.outlierTimeout(attempt.host());
                }
                stats.abort(timeoutStatus, attempt.host(), started);
            }
            attempt.cancel();
        }
        abortByTimeout("response_timeout");
    }

    private void abortByTimeout(String details) {
        String body = timeoutStatus == 504 ? "upstream request timeout" : "";
        abort(timeoutStatus, ResponseFlag.UPSTREAM_REQUEST_TIMEOUT, body, false, details);
    }

    /** {@code idle}: no byte came for long; else the attempt as a whole took too long. */
    void onPerTryTimeout(UpstreamRequest attempt, boolean idle) {
        Charges stats = known(charges);
        if (known(timeouts).hedge() && !idle) {
            hedge(attempt);
            return;
        }
        stats.perTryTimeout(attempt.host(), idle);
        attempt.cancel();
        stats.outlierTimeout(attempt.host());
        if (retryReset(attempt, ResetReason.LOCAL_RESET, true)) {
            return;
        }
        stats.abort(timeoutStatus, attempt.host(), started);
        attempts.remove(attempt);
        abortByTimeout(idle ? "upstream_per_try_idle_timeout" : "upstream_per_try_timeout");
    }

    private void hedge(UpstreamRequest attempt) {
        known(charges).outlierTimeout(attempt.host());
        attempt.recordTimeout();
        RetryState state = retry;
        if (started || state == null) {
            return;
        }
        switch (state.onHedge()) {
            case RETRY -> {
                attempt.markRetried();
                scheduleRetry(state, true);
            }
            case NO_OVERFLOW -> info.addFlag(ResponseFlag.UPSTREAM_OVERFLOW);
            case NO_LIMIT_EXCEEDED -> info.addFlag(ResponseFlag.UPSTREAM_RETRY_LIMIT_EXCEEDED);
            case NO -> {}
        }
    }

    void onStreamDurationReached(UpstreamRequest attempt) {
        known(cluster).stats().rqMaxDurationReached.inc();
        attempt.cancel();
        if (retryReset(attempt, ResetReason.LOCAL_RESET, true)) {
            return;
        }
        attempts.remove(attempt);
        info.addFlag(ResponseFlag.UPSTREAM_MAX_STREAM_DURATION_REACHED);
        abandon();
        callbacks.sendLocalReply(
                408,
                "upstream max stream duration reached",
                this::addAttemptCount,
                FilterCallbacks.NO_GRPC_STATUS,
                "upstream_max_stream_duration_reached");
    }

    private void scheduleRetry(RetryState state, boolean timeout) {
        pendingRetries++;
        Timer timer = callbacks.worker().timer(() -> tryAgain(timeout));
        retryTimer = timer;
        timer.arm(state.backOffMillis());
    }

    private void tryAgain(boolean timeout) {
        pendingRetries--;
        attemptCount++;
        info.attemptCount(attemptCount);
        WorkerCluster named = clusters.cluster(known(forward).cluster());
        RequestBalancing wishes = known(balancing);
        wishes.retrying();
        Host host = named == null ? null : named.chooseHost(wishes);
        if (named == null || host == null) {
            noHealthyUpstream();
            return;
        }
        cluster = named;
        VirtualHostHeaders.onRetry(headers, known(route).virtualHost(), attemptCount, timeout);
        long elapsed = requestEndNanos == 0 ? 0 : (System.nanoTime() - requestEndNanos) / 1_000_000;
        known(timeouts).announce(headers, elapsed, !config.suppressEnvoyHeaders());
        UpstreamRequest attempt = attempt(host);
        KeptBody body = kept;
        open(attempt, requestEnd && !bodySeen && trailers == null);
        if (attempts.contains(attempt)) {
            if (body != null && bodySeen) {
                attempt.data(body.copy(), requestEnd && trailers == null);
            }
            if (trailers != null) {
                attempt.trailers(trailers);
            }
        }
    }

    // ---- the end

    private void addAttemptCount(HeaderMap answer) {
        Route found = route;
        if (found != null && attemptCount > 0 && found.virtualHost().settings().responseAttemptCount()) {
            answer.set(EnvoyHeaders.ATTEMPT_COUNT, Integer.toString(attemptCount));
        }
    }

    private void charge(int status, @Nullable Host host) {
        known(charges).answer(status, host);
    }

    private void endRetries() {
        RetryState state = retry;
        if (state != null) {
            state.end();
            retry = null;
        }
        if (retryTimer != null && pendingRetries > 0) {
            retryTimer.disarm();
            pendingRetries = 0;
        }
    }

    /** Gives up everything that is under way. */
    void abandon() {
        done = true;
        endRetries();
        if (answerTimer != null) {
            answerTimer.disarm();
        }
        while (!attempts.isEmpty()) {
            attempts.removeLast().cancel();
        }
        KeptBody body = kept;
        if (body != null) {
            kept = null;
            body.release();
        }
    }

    @Override
    public void onDestroy() {
        Shadows copies = shadows;
        if (copies != null) {
            copies.onRequestGone();
        }
        if (charges != null && !attempts.isEmpty() && !started) {
            known(cluster).stats().rqCancelled.inc();
        }
        abandon();
    }

    static <T> T known(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("router used before its route was known");
        }
        return value;
    }
}
