package io.layar.proxy.filter.buffer;

import io.layar.proxy.core.http.HeaderMap;
import io.layar.proxy.core.http.HeaderNames;
import io.layar.proxy.http.DataStatus;
import io.layar.proxy.http.FilterCallbacks;
import io.layar.proxy.http.HeadersStatus;
import io.layar.proxy.http.HttpFilter;
import io.layar.proxy.http.RouteConfigs;
import io.layar.proxy.http.TrailersStatus;
import io.netty.buffer.ByteBuf;

/** Holds a request until it is complete, and gives it a length. Thread: event loop of the stream. */
final class BufferFilter implements HttpFilter {
    private final Limit ofChain;
    private final FilterCallbacks callbacks;
    private boolean buffering;
    private long length;

    /** Units: bytes; -1 switches the filter off. */
    record Limit(int bytes) {}

    BufferFilter(Limit ofChain, FilterCallbacks callbacks) {
        this.ofChain = ofChain;
        this.callbacks = callbacks;
    }

    @Override
    public HeadersStatus onRequestHeaders(HeaderMap headers, boolean end) {
        Limit limit = RouteConfigs.specific(callbacks, Limit.class, ofChain);
        if (end || limit.bytes < 0 || callbacks.upgrade()) {
            return HeadersStatus.CONTINUE;
        }
        buffering = true;
        callbacks.setRequestBufferLimit(limit.bytes);
        return HeadersStatus.STOP;
    }

    @Override
    public DataStatus onRequestData(ByteBuf data, boolean end) {
        if (!buffering) {
            return DataStatus.CONTINUE;
        }
        length += data.readableBytes();
        if (!end) {
            return DataStatus.STOP_AND_BUFFER;
        }
        // The last part may be the one that is too much; buffering is what notices.
        if (length > callbacks.requestBufferLimit()) {
            return DataStatus.STOP_AND_BUFFER;
        }
        addLength();
        return DataStatus.CONTINUE;
    }

    @Override
    public TrailersStatus onRequestTrailers(HeaderMap trailers) {
        if (buffering) {
            addLength();
        }
        return TrailersStatus.CONTINUE;
    }

    private void addLength() {
        HeaderMap headers = callbacks.requestHeaders();
        if (!headers.contains(HeaderNames.CONTENT_LENGTH)) {
            headers.set(HeaderNames.CONTENT_LENGTH, Long.toString(length));
        }
    }
}
