package io.layar.proxy.http;

import io.layar.proxy.codec.ResetReason;
import io.layar.proxy.core.http.HeaderMap;
import io.layar.proxy.core.route.Route;
import io.layar.proxy.core.stream.StreamInfo;
import io.layar.proxy.worker.Worker;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One filter's place in the chain of one stream. Thread: event loop of the stream. */
final class FilterSlot implements FilterCallbacks {
    private static final HttpFilter NONE = new HttpFilter() {};

    private final HttpStream stream;
    private final String name;
    int index;
    HttpFilter filter = NONE;
    boolean terminal;

    @Nullable
    Held request;

    @Nullable
    Held response;

    @Nullable
    ByteBuf replacement;

    FilterSlot(HttpStream stream, String name) {
        this.stream = stream;
        this.name = name;
    }

    /** What goes on instead of {@code data}, which is released when it was replaced. */
    ByteBuf takeReplacement(ByteBuf data) {
        ByteBuf other = replacement;
        if (other == null) {
            return data;
        }
        replacement = null;
        data.release();
        return other;
    }

    @Override
    public StreamInfo streamInfo() {
        return stream.info();
    }

    @Override
    public EventLoop eventLoop() {
        return stream.worker().loop();
    }

    @Override
    public Worker worker() {
        return stream.worker();
    }

    @Override
    public long streamId() {
        return stream.info().streamId();
    }

    @Override
    public HeaderMap requestHeaders() {
        return stream.requestHeaders();
    }

    @Override
    public @Nullable HeaderMap requestTrailers() {
        return stream.requestTrailers();
    }

    @Override
    public @Nullable HeaderMap responseHeaders() {
        return stream.responseHeaders();
    }

    @Override
    public @Nullable HeaderMap responseTrailers() {
        return stream.responseTrailers();
    }

    @Override
    public @Nullable Route route() {
        return stream.route();
    }

    @Override
    public void clearRoute() {
        stream.clearRoute();
    }

    @Override
    public @Nullable Object routeConfig() {
        return stream.routeConfig(name);
    }

    @Override
    public List<Object> routeConfigs() {
        return stream.routeConfigs(name);
    }

    @Override
    public void continueRequest() {
        stream.requestLane().resume(this);
    }

    @Override
    public void continueResponse() {
        stream.responseLane().resume(this);
    }

    @Override
    public void sendLocalReply(
            int status, String body, @Nullable Consumer<HeaderMap> modifyHeaders, int grpcStatus, String details) {
        stream.sendLocalReply(new LocalAnswer(status, body, modifyHeaders, grpcStatus, details));
    }

    @Override
    public void sendInformational(HeaderMap headers) {
        stream.sendInformational(headers);
    }

    @Override
    public void sendHeaders(HeaderMap headers, boolean endStream, String details) {
        stream.startResponse(headers, endStream, details);
    }

    @Override
    public void sendData(ByteBuf data, boolean endStream) {
        stream.responseData(data, endStream);
    }

    @Override
    public void sendTrailers(HeaderMap trailers) {
        stream.responseTrailers(trailers);
    }

    @Override
    public void resetStream(ResetReason reason, String details) {
        stream.resetDownstream(reason, details);
    }

    @Override
    public boolean recreateStream() {
        return stream.recreate();
    }

    @Override
    public void replaceData(ByteBuf data) {
        if (replacement != null) {
            replacement.release();
        }
        replacement = data;
    }

    @Override
    public @Nullable ByteBuf bufferedRequestBody() {
        return request == null ? null : request.body;
    }

    @Override
    public @Nullable ByteBuf bufferedResponseBody() {
        return response == null ? null : response.body;
    }

    @Override
    public void replaceBufferedRequestBody(ByteBuf data) {
        Held held = stream.requestLane().hold(this);
        held.release();
        held.append(data);
    }

    @Override
    public void replaceBufferedResponseBody(ByteBuf data) {
        Held held = stream.responseLane().hold(this);
        held.release();
        held.append(data);
    }

    @Override
    public void addRequestData(ByteBuf data) {
        stream.requestLane().inject(this, data);
    }

    @Override
    public void addResponseData(ByteBuf data) {
        stream.responseLane().inject(this, data);
    }

    @Override
    public int requestBufferLimit() {
        return stream.requestLane().limit;
    }

    @Override
    public void setRequestBufferLimit(int bytes) {
        stream.requestLane().limit = bytes;
    }

    @Override
    public int responseBufferLimit() {
        return stream.responseLane().limit;
    }

    @Override
    public void setResponseBufferLimit(int bytes) {
        stream.responseLane().limit = bytes;
    }

    @Override
    public void pauseRequest(boolean pause) {
        stream.pauseRequest(pause);
    }

    @Override
    public boolean downstreamWritable() {
        return stream.downstreamWritable();
    }

    @Override
    public boolean requestComplete() {
        return stream.requestComplete();
    }

    @Override
    public boolean upgrade() {
        return stream.upgrade();
    }

    @Override
    public void resetIdleTimer() {
        stream.touch();
    }

    @Override
    public void setIdleTimeout(long millis) {
        stream.setIdleTimeout(millis);
    }

    @Override
    public void setMaxStreamDuration(long millis) {
        stream.setMaxStreamDuration(millis);
    }
}
