package io.layar.proxy.http;

import io.layar.proxy.codec.RequestReceiver;
import io.layar.proxy.codec.ResetReason;
import io.layar.proxy.codec.ResponseSender;
import io.layar.proxy.core.http.HeaderMap;
import io.layar.proxy.core.http.HeaderNames;
import io.layar.proxy.core.reply.LocalReplies;
import io.layar.proxy.core.route.Route;
import io.layar.proxy.core.route.RouteAction;
import io.layar.proxy.core.route.RouteTable;
import io.layar.proxy.core.route.RouteTimeouts;
import io.layar.proxy.core.stream.ResponseFlag;
import io.layar.proxy.core.stream.StreamInfo;
import io.layar.proxy.core.stream.TimePoint;
import io.layar.proxy.worker.Worker;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One request and its answer, from the first byte to the access log.
 *
 * <p>Order: request parts run through {@link RequestLane} to the terminal filter; the answer runs through {@link ResponseLane} to the
 * codec. The stream ends when the answer is complete or the stream is reset; the rest of the request is then of no interest.
 * Thread: event loop of the connection.
 */
final class HttpStream implements RequestReceiver {
    static final String REQUEST_HEADER_TIMEOUT = "request_header_timeout";

    private static final HeaderMap NO_HEADERS = new HeaderMap();
    private static final FilterSlot[] NO_SLOTS = {};

    private final ConnectionManager manager;
    private final HcmConfig config;
    private final ResponseSender sender;
    private StreamInfo info;
    private final StreamTimers timers;
    private final RouteTable table;
    private final StreamLog log;
    private HeaderMap request = NO_HEADERS;
    private @Nullable HeaderMap requestTrailers;
    private @Nullable HeaderMap response;
    private @Nullable HeaderMap responseTrailers;
    private FilterSlot[] slots = NO_SLOTS;
    private RequestLane requestLane;
    private ResponseLane responseLane;

    private boolean routeKnown;
    private @Nullable Route route;
    private boolean requestComplete;
    private boolean responseStarted;
    private boolean headersSent;
    private boolean local;
    private boolean over;
    private boolean upgrade;
    private boolean websocket;
    private boolean dropBody;
    private boolean destroyed;

    HttpStream(ConnectionManager manager, ResponseSender sender) {
        this.manager = manager;
        this.config = manager.config();
        this.sender = sender;
        this.info = new StreamInfo(manager.info(), System.nanoTime(), Instant.now());
        this.timers = new StreamTimers(this, manager.connection().worker(), config.timeouts());
        this.table = config.routes().current();
        this.log = new StreamLog(this, config);
        this.requestLane = new RequestLane(this, slots, config.bufferLimit());
        this.responseLane = new ResponseLane(this, slots, config.bufferLimit());
        info.protocol(manager.protocol());
        info.streamId(manager.worker().nextStreamId());
        timers.onBegin();
    }

    StreamInfo info() {
        return info;
    }

    Worker worker() {
        return manager.connection().worker();
    }

    HeaderMap requestHeaders() {
        return request;
    }

    @Nullable
    HeaderMap requestTrailers() {
        return requestTrailers;
    }

    @Nullable
    HeaderMap responseHeaders() {
        return response;
    }

    @Nullable
    HeaderMap responseTrailers() {
        return responseTrailers;
    }

    RequestLane requestLane() {
        return requestLane;
    }

    ResponseLane responseLane() {
        return responseLane;
    }

    boolean requestComplete() {
        return requestComplete;
    }

    boolean upgrade() {
        return upgrade;
    }

    boolean headersSent() {
        return headersSent;
    }

    boolean downstreamWritable() {
        return sender.isWritable();
    }

    ByteBuf nothing() {
        return Unpooled.EMPTY_BUFFER;
    }

    /** Requests go on until the proxy itself has answered, or all is over. */
    boolean requestOpen() {
        return !over && !local;
    }

    boolean responseOpen() {
        return !over;
    }

    // ---- the request

    @Override
    public void onHeaders(HeaderMap headers, boolean end) {
        request = headers;
        requestComplete = end;
        info.protocol(manager.protocol());
        if (end) {
            onRequestEnd();
        }
        timers.onHeaders();
        if (!isSound(headers)) {
            return;
        }
        answerContinue(headers);
        RequestMutation.apply(headers, info, config, manager.worker(), table.internalOnlyHeaders());
        route();
        HcmConfig.Chain chain = chainFor(headers);
        if (chain == null) {
            buildChain(config.filters());
            sendLocalReply(LocalAnswer.of(403, "", "upgrade_failed"));
            return;
        }
        buildChain(chain);
        applyRouteTimeouts();
        log.onRequest();
        requestLane.headers(0, headers, end);
    }

    /** Refuses what no filter shall see. */
    private boolean isSound(HeaderMap headers) {
        if (!headers.contains(HeaderNames.AUTHORITY)) {
            return refuse(400, "missing_host_header");
        }
        String path = headers.get(HeaderNames.PATH);
        boolean connect = "CONNECT".equals(headers.get(HeaderNames.METHOD));
        if (path == null && !connect) {
            return refuse(400, "missing_path_rejected");
        }
        if (path != null && (path.isEmpty() || path.charAt(0) != '/')) {
            config.stats().nonRelativePaths.inc();
            return refuse(404, "absolute_path_rejected");
        }
        if (config.hosts().any()) {
            HostRules.apply(headers, config.hosts(), info.connection().local().port());
        }
        return switch (PathAction.apply(headers, config.paths())) {
            case ACCEPT -> true;
            case REJECT -> {
                config.stats().failedPathNormalization.inc();
                yield refuse(400, "path_normalization_failed");
            }
            case REDIRECT -> {
                String target = String.valueOf(headers.get(HeaderNames.PATH));
                buildChain(config.filters());
                sendLocalReply(new LocalAnswer(
                        307,
                        "",
                        answer -> answer.add(HeaderNames.LOCATION, target),
                        FilterCallbacks.NO_GRPC_STATUS,
                        "path_normalization_failed"));
                yield false;
            }
        };
    }

    private boolean refuse(int status, String details) {
        buildChain(config.filters());
        sendLocalReply(LocalAnswer.of(status, "", details));
        return false;
    }

    private void answerContinue(HeaderMap headers) {
        if (config.headers().proxy100Continue()) {
            return;
        }
        String expect = headers.get(HeaderNames.EXPECT);
        if (expect != null && expect.equalsIgnoreCase("100-continue")) {
            headers.remove(HeaderNames.EXPECT);
            sender.sendInformational(new HeaderMap().add(HeaderNames.STATUS, "100"));
        }
    }

    /** The filter chain of the request; null when it asks for an upgrade that is not allowed. */
    private HcmConfig.@Nullable Chain chainFor(HeaderMap headers) {
        String method = headers.get(HeaderNames.METHOD);
        String type = headers.get(HeaderNames.UPGRADE);
        if ("CONNECT".equals(method)) {
            String protocol = headers.get(HeaderNames.PROTOCOL);
            type = protocol == null ? "connect" : protocol;
        }
        if (type == null) {
            return config.filters();
        }
        String key = type.toLowerCase(Locale.ROOT);
        upgrade = true;
        websocket = key.equals("websocket");
        HcmConfig.Upgrade allowed = config.upgrades().get(key);
        RouteAction.Forward forward = route == null ? null : route.forward();
        Boolean onRoute = forward == null ? null : forward.extras().upgrades().allows(key);
        boolean enabled = onRoute != null ? onRoute : allowed != null && allowed.enabled();
        if (!enabled) {
            upgrade = false;
            // Without a route the missing route is what the client is told.
            return route == null ? config.filters() : null;
        }
        config.stats().upgrades.inc();
        config.stats().activeUpgrades.inc();
        HcmConfig.Chain own = allowed == null ? null : allowed.chain();
        return own == null ? config.filters() : own;
    }

    private void buildChain(HcmConfig.Chain chain) {
        HttpFilterFactory[] factories = chain.factories();
        FilterSlot[] made = new FilterSlot[factories.length];
        int count = 0;
        for (int i = 0; i < factories.length; i++) {
            FilterSlot slot = new FilterSlot(this, chain.names()[i]);
            HttpFilter filter = factories[i].create(slot);
            if (filter != null) {
                slot.index = count;
                slot.filter = filter;
                slot.terminal = factories[i].terminal();
                made[count++] = slot;
            }
        }
        slots = count == made.length ? made : java.util.Arrays.copyOf(made, count);
        requestLane = new RequestLane(this, slots, requestLane.limit);
        responseLane = new ResponseLane(this, slots, responseLane.limit);
    }

    private void applyRouteTimeouts() {
        RouteAction.Forward forward = route == null ? null : route.forward();
        if (forward == null) {
            return;
        }
        RouteTimeouts limits = forward.timeouts();
        if (limits.idleMillis() != RouteTimeouts.UNSET) {
            timers.setIdle(limits.idleMillis());
        }
        if (limits.usesMaxStreamDuration()) {
            timers.setMaxDuration(GrpcDeadline.maxStreamMillis(limits, request));
        }
    }

    @Override
    public void onData(ByteBuf data, boolean end) {
        int length = data.readableBytes();
        info.addBytesReceived(length);
        timers.onActivity();
        if (end) {
            requestComplete = true;
            onRequestEnd();
        }
        if (!requestOpen()) {
            data.release();
            return;
        }
        requestLane.data(0, data, end);
    }

    @Override
    public void onTrailers(HeaderMap trailers) {
        requestComplete = true;
        requestTrailers = trailers;
        onRequestEnd();
        if (requestOpen()) {
            requestLane.trailers(0, trailers);
        }
    }

    private void onRequestEnd() {
        info.mark(TimePoint.DS_RX_END, System.nanoTime());
        timers.onRequestEnd();
    }

    @Override
    public void onBadRequest(int status, String details) {
        if (over) {
            return;
        }
        boolean timedOut = details.equals(REQUEST_HEADER_TIMEOUT);
        if (!timedOut) {
            info.addFlag(ResponseFlag.DOWNSTREAM_PROTOCOL_ERROR);
            config.stats().protocolErrors.inc();
        }
        manager.closeAfterStreams();
        if (headersSent) {
            info.responseCodeDetails(details);
            endStream(true);
            return;
        }
        sendLocalReply(LocalAnswer.of(status, timedOut ? "request header timeout" : reason(status), details));
    }

    /** The body of an answer to a request that cannot be read. */
    private static String reason(int status) {
        return switch (status) {
            case 400 -> "Bad Request";
            case 413 -> "Payload Too Large";
            case 426 -> "Upgrade Required";
            case 431 -> "Request Header Fields Too Large";
            case 501 -> "Not Implemented";
            default -> "";
        };
    }

    @Override
    public void onReset(ResetReason reason, String details) {
        if (over) {
            return;
        }
        config.stats().resets.inc();
        if (reason == ResetReason.REMOTE_RESET || reason == ResetReason.REMOTE_REFUSED_STREAM_RESET) {
            info.addFlag(ResponseFlag.DOWNSTREAM_REMOTE_RESET);
            info.responseCodeDetails("downstream_remote_reset");
        } else if (reason == ResetReason.PROTOCOL_ERROR) {
            info.addFlag(ResponseFlag.DOWNSTREAM_PROTOCOL_ERROR);
            info.responseCodeDetails(details);
        } else {
            info.addFlag(ResponseFlag.DOWNSTREAM_CONNECTION_TERMINATION);
            info.responseCodeDetails("downstream_remote_disconnect");
        }
        finish(false);
    }

    @Override
    public void onWritabilityChanged(boolean writable) {
        if (!over && slots.length > 0) {
            slots[slots.length - 1].filter.onDownstreamWritable(writable);
        }
    }

    void pauseRequest(boolean pause) {
        if (!over) {
            sender.pauseReading(pause);
        }
    }

    void pauseResponse(boolean pause) {
        if (slots.length > 0) {
            slots[slots.length - 1].filter.onDownstreamWritable(!pause);
        }
    }

    void onRequestTooLarge() {
        config.stats().tooLarge.inc();
        manager.closeAfterStreams();
        sendLocalReply(LocalAnswer.of(413, "Payload Too Large", "request_payload_too_large"));
    }

    void onResponseTooLarge() {
        if (headersSent) {
            info.responseCodeDetails("response_payload_too_large");
            resetDownstream(ResetReason.LOCAL_RESET, "response_payload_too_large");
            return;
        }
        sendLocalReply(LocalAnswer.of(500, "Internal Server Error", "response_payload_too_large"));
    }

    // ---- routes

    /** The forwarding action of the route as far as it has been looked up. */
    RouteAction.@Nullable Forward knownForward() {
        return route == null ? null : route.forward();
    }

    @Nullable
    Route route() {
        if (!routeKnown) {
            routeKnown = true;
            route = table.route(request, info, manager.worker().ids().next());
            info.route(route);
        }
        return route;
    }

    void clearRoute() {
        routeKnown = false;
        route = null;
    }

    @Nullable
    Object routeConfig(String filter) {
        Route known = route();
        return known == null ? null : known.filterConfig(filter);
    }

    List<Object> routeConfigs(String filter) {
        Route known = route();
        return known == null ? List.of() : known.filterConfigs(filter);
    }

    // ---- the answer

    void sendInformational(HeaderMap headers) {
        if (over || headersSent) {
            return;
        }
        boolean isContinue = "100".equals(headers.get(HeaderNames.STATUS));
        if (isContinue && config.headers().proxy100Continue()) {
            for (int i = slots.length - 1; i >= 0; i--) {
                slots[i].filter.onInformational(headers);
            }
            sender.sendInformational(headers);
        }
    }

    void startResponse(HeaderMap headers, boolean end, String details) {
        if (over || responseStarted) {
            return;
        }
        responseStarted = true;
        response = headers;
        info.responseCodeDetails(details);
        responseLane.headers(responseLane.first(), headers, end);
    }

    void responseData(ByteBuf data, boolean end) {
        if (over) {
            data.release();
            return;
        }
        responseLane.data(responseLane.first(), data, end);
    }

    void responseTrailers(HeaderMap trailers) {
        if (!over) {
            responseTrailers = trailers;
            responseLane.trailers(responseLane.first(), trailers);
        }
    }

    /** An answer of our own, through the response filters. */
    void sendLocalReply(LocalAnswer answer) {
        if (over) {
            return;
        }
        info.responseCodeDetails(answer.details());
        if (headersSent) {
            resetDownstream(ResetReason.LOCAL_RESET, answer.details());
            return;
        }
        local = true;
        requestLane.releaseAll();
        if (responseStarted) {
            // The filters have seen the start of another answer: this one passes them by.
            responseLane.releaseAll();
        }
        boolean direct = responseStarted;
        responseStarted = true;
        HeaderMap headers = new HeaderMap();
        String body = reply(answer, headers);
        response = headers;
        if (direct) {
            encodeHeaders(headers, body.isEmpty());
        } else {
            responseLane.headers(responseLane.first(), headers, body.isEmpty());
        }
        if (!body.isEmpty() && !over) {
            ByteBuf bytes = Unpooled.wrappedBuffer(body.getBytes(StandardCharsets.ISO_8859_1));
            if (direct) {
                encodeData(bytes, true);
            } else {
                responseLane.data(responseLane.first(), bytes, true);
            }
        }
    }

    /** Fills the answer's headers; gives its body. */
    private String reply(LocalAnswer answer, HeaderMap headers) {
        if (answer.status() == 400 && !manager.http2Connection()) {
            // A client that sends nonsense once is not trusted to frame its next request.
            manager.closeAfterStreams();
        }
        Route matched = route;
        if (matched != null && matched.forward() != null) {
            info.responseCode(answer.status());
            matched.finalizeResponse(request, headers, info);
        }
        if (answer.modifyHeaders() != null) {
            answer.modifyHeaders().accept(headers);
        }
        log.localBody = answer.body();
        LocalReplies.Reply reply = new LocalReplies.Reply(answer.status(), answer.body(), answer.grpcStatus());
        return config.replies().prepare(info, request, headers, reply);
    }

    void encodeHeaders(HeaderMap headers, boolean end) {
        if (over) {
            return;
        }
        boolean last = end;
        ResponseMutation.apply(headers, request, info, config, manager.worker());
        int status = ResponseMutation.status(headers);
        info.responseCode(status);
        if (websocket && upgrade && status != 101 && !local) {
            info.responseCodeDetails("websocket_handshake_unsuccessful");
            headers.remove(HeaderNames.CONTENT_LENGTH);
            dropBody = true;
            last = true;
        }
        decideConnection(headers, status);
        headersSent = true;
        timers.onActivity();
        info.mark(TimePoint.DS_TX_BEG, System.nanoTime());
        sender.sendHeaders(headers, last);
        if (tunnels(status)) {
            log.onTunnel();
        }
        if (last) {
            finish(true);
        }
    }

    private void decideConnection(HeaderMap headers, int status) {
        if (manager.http2Connection()) {
            return;
        }
        boolean tunnel = tunnels(status);
        if (manager.peerWantsClose() || manager.lastRequest()) {
            manager.closeAfterStreams();
        }
        if (!requestComplete) {
            manager.closeAfterStreams();
            config.stats().responsesBeforeRequestComplete.inc();
        }
        if (manager.drainingNow() && !tunnel) {
            headers.set(HeaderNames.CONNECTION, "close");
        } else if (!tunnel && manager.protocol().equals("HTTP/1.0")) {
            headers.set(HeaderNames.CONNECTION, "keep-alive");
        }
    }

    /** Whether bytes flow freely after an answer of that status. */
    private boolean tunnels(int status) {
        return upgrade && (status == 101 || status >= 200 && status < 300 && isConnect());
    }

    private boolean isConnect() {
        return "CONNECT".equals(request.get(HeaderNames.METHOD));
    }

    void encodeData(ByteBuf data, boolean end) {
        if (over || dropBody) {
            data.release();
            return;
        }
        info.addBytesSent(data.readableBytes());
        timers.onActivity();
        sender.sendData(data, end);
        if (end) {
            finish(true);
        }
    }

    void encodeTrailers(HeaderMap trailers) {
        if (!over && !dropBody) {
            sender.sendTrailers(trailers);
            finish(true);
        }
    }

    void resetDownstream(ResetReason reason, String details) {
        if (over) {
            return;
        }
        info.responseCodeDetails(details);
        endStream(true);
    }

    /** Ends the stream short of its end. */
    private void endStream(boolean reset) {
        if (reset) {
            manager.closeAfterStreams();
        }
        finish(false);
    }

    /** The stream is over: filters go, the log is written, the connection may close. {@code complete}: the answer was sent whole. */
    private void finish(boolean complete) {
        if (over) {
            return;
        }
        over = true;
        long now = System.nanoTime();
        if (complete) {
            info.mark(TimePoint.DS_TX_END, now);
            config.stats().response(info.responseCode());
            config.stats().requestTime.record((now - info.startNanos()) / 1_000_000);
            FlushWatch.start(sender, config.stats(), worker(), config.timeouts().streamFlush());
        } else {
            sender.reset(ResetReason.LOCAL_RESET);
        }
        timers.disarm();
        if (upgrade) {
            config.stats().activeUpgrades.dec();
        }
        requestLane.releaseAll();
        responseLane.releaseAll();
        destroyFilters();
        log.onEnd();
        boolean promptly = manager.peerWantsClose() || manager.lastRequest();
        manager.onStreamEnd(this, promptly && requestComplete);
    }

    private void destroyFilters() {
        if (!destroyed) {
            destroyed = true;
            for (FilterSlot slot : slots) {
                slot.filter.onDestroy();
            }
        }
    }

    /** Runs the request again from its first filter (internal redirect). */
    boolean recreate() {
        if (over || headersSent || !requestComplete || responseStarted) {
            return false;
        }
        destroyFilters();
        requestLane.releaseAll();
        responseLane.releaseAll();
        log.onEnd();
        info = info.again(System.nanoTime(), Instant.now());
        info.mark(TimePoint.DS_RX_END, System.nanoTime());
        destroyed = false;
        clearRoute();
        slots = NO_SLOTS;
        route();
        buildChain(config.filters());
        applyRouteTimeouts();
        requestLane.headers(0, request, true);
        return true;
    }

    // ---- time

    void touch() {
        timers.onActivity();
    }

    void setIdleTimeout(long millis) {
        timers.setIdle(millis);
    }

    void setMaxStreamDuration(long millis) {
        timers.setMaxDuration(millis);
    }

    void onIdleTimeout() {
        config.stats().idleTimeouts.inc();
        info.addFlag(ResponseFlag.STREAM_IDLE_TIMEOUT);
        timeOut("stream timeout", "stream_idle_timeout", FilterCallbacks.NO_GRPC_STATUS);
    }

    void onMaxDuration() {
        config.stats().maxDurations.inc();
        timeOut("downstream duration timeout", "max_duration_timeout", 4);
    }

    void onRequestTimeout() {
        config.stats().requestTimeouts.inc();
        if (!headersSent) {
            sendLocalReply(LocalAnswer.of(408, "request timeout", "request_overall_timeout"));
        }
    }

    private void timeOut(String text, String details, int grpcStatus) {
        if (headersSent) {
            resetDownstream(ResetReason.LOCAL_RESET, details);
        } else {
            sendLocalReply(new LocalAnswer(requestComplete ? 504 : 408, text, null, grpcStatus, details));
        }
    }
}
