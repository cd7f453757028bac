package io.layar.proxy.http;

import io.layar.proxy.core.http.HeaderMap;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** From the client to the terminal filter. Thread: event loop of the stream. */
final class RequestLane extends Lane {
    int limit;

    RequestLane(HttpStream stream, FilterSlot[] slots, int limit) {
        super(stream, slots, 1);
        this.limit = limit;
    }

    @Override
    HeadersStatus headersTo(FilterSlot slot, HeaderMap headers, boolean end) {
        return slot.filter.onRequestHeaders(headers, end);
    }

    @Override
    DataStatus dataTo(FilterSlot slot, ByteBuf data, boolean end) {
        return slot.filter.onRequestData(data, end);
    }

    @Override
    TrailersStatus trailersTo(FilterSlot slot, HeaderMap trailers) {
        return slot.filter.onRequestTrailers(trailers);
    }

    @Override
    @Nullable
    Held held(FilterSlot slot) {
        return slot.request;
    }

    @Override
    Held hold(FilterSlot slot) {
        Held held = slot.request;
        if (held == null) {
            held = new Held();
            slot.request = held;
        }
        return held;
    }

    @Override
    boolean open() {
        return stream.requestOpen();
    }

    @Override
    @Nullable
    HeaderMap messageHeaders() {
        return stream.requestHeaders();
    }

    @Override
    @Nullable
    HeaderMap messageTrailers() {
        return stream.requestTrailers();
    }

    @Override
    void headersPast(HeaderMap headers, boolean end) {}

    @Override
    void dataPast(ByteBuf data, boolean end) {
        data.release();
    }

    @Override
    void trailersPast(HeaderMap trailers) {}

    @Override
    int limit() {
        return limit;
    }

    @Override
    void onTooMuch() {
        stream.onRequestTooLarge();
    }

    @Override
    void pause(boolean pause) {
        stream.pauseRequest(pause);
    }

    @Override
    boolean consumes(FilterSlot slot) {
        return slot.terminal;
    }
}
