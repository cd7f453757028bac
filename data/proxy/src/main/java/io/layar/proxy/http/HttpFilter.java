package io.layar.proxy.http;

import io.layar.proxy.core.http.HeaderMap;
import io.netty.buffer.ByteBuf;

/**
 * One filter of one stream. The last filter of a chain is terminal (the router): it never continues a request, and it answers by
 * {@link FilterCallbacks#sendHeaders}.
 *
 * <p>Order: requests pass the filters as configured, responses in the opposite order.
 * Data: the bytes stay the chain's; a filter reads them without moving their indices, and changes them by
 * {@link FilterCallbacks#replaceData} within the call. The terminal filter takes over what it gets (it must release or pass on).
 * Errors: an exception is a bug; the stream is answered with 500.
 * Thread: event loop of the connection.
 */
public interface HttpFilter {
    default HeadersStatus onRequestHeaders(HeaderMap headers, boolean endStream) {
        return HeadersStatus.CONTINUE;
    }

    default DataStatus onRequestData(ByteBuf data, boolean endStream) {
        return DataStatus.CONTINUE;
    }

    default TrailersStatus onRequestTrailers(HeaderMap trailers) {
        return TrailersStatus.CONTINUE;
    }

    /** 1xx headers other than 101 on their way to the client. */
    default void onInformational(HeaderMap headers) {}

    default HeadersStatus onResponseHeaders(HeaderMap headers, boolean endStream) {
        return HeadersStatus.CONTINUE;
    }

    default DataStatus onResponseData(ByteBuf data, boolean endStream) {
        return DataStatus.CONTINUE;
    }

    default TrailersStatus onResponseTrailers(HeaderMap trailers) {
        return TrailersStatus.CONTINUE;
    }

    /** The client takes bytes slower than they come ({@code false}), or has caught up. For terminal filters. */
    default void onDownstreamWritable(boolean writable) {}

    /** The stream is over, in whichever way; timers and upstream streams must be given up. Called once, before access logs. */
    default void onDestroy() {}
}
