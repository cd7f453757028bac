package io.layar.proxy.http;

import io.layar.proxy.core.http.HeaderMap;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** From the terminal filter, or a filter that answers itself, to the client. Thread: event loop of the stream. */
final class ResponseLane extends Lane {
    int limit;

    ResponseLane(HttpStream stream, FilterSlot[] slots, int limit) {
        super(stream, slots, -1);
        this.limit = limit;
    }

    @Override
    HeadersStatus headersTo(FilterSlot slot, HeaderMap headers, boolean end) {
        return slot.filter.onResponseHeaders(headers, end);
    }

    @Override
    DataStatus dataTo(FilterSlot slot, ByteBuf data, boolean end) {
        return slot.filter.onResponseData(data, end);
    }

    @Override
    TrailersStatus trailersTo(FilterSlot slot, HeaderMap trailers) {
        return slot.filter.onResponseTrailers(trailers);
    }

    @Override
    @Nullable
    Held held(FilterSlot slot) {
        return slot.response;
    }

    @Override
    Held hold(FilterSlot slot) {
        Held held = slot.response;
        if (held == null) {
            held = new Held();
            slot.response = held;
        }
        return held;
    }

    @Override
    boolean open() {
        return stream.responseOpen();
    }

    @Override
    @Nullable
    HeaderMap messageHeaders() {
        return stream.responseHeaders();
    }

    @Override
    @Nullable
    HeaderMap messageTrailers() {
        return stream.responseTrailers();
    }

    @Override
    void headersPast(HeaderMap headers, boolean end) {
        stream.encodeHeaders(headers, end);
    }

    @Override
    void dataPast(ByteBuf data, boolean end) {
        stream.encodeData(data, end);
    }

    @Override
    void trailersPast(HeaderMap trailers) {
        stream.encodeTrailers(trailers);
    }

    @Override
    int limit() {
        return limit;
    }

    @Override
    void onTooMuch() {
        stream.onResponseTooLarge();
    }

    @Override
    void pause(boolean pause) {
        stream.pauseResponse(pause);
    }

    @Override
    boolean consumes(FilterSlot slot) {
        return false;
    }
}
