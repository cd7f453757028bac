package io.layar.proxy.http;

/** What a filter says after headers. Source: Envoy's {@code FilterHeadersStatus}. */
public enum HeadersStatus {
    /** The next filter gets them. */
    CONTINUE,
    /** They wait; this filter still gets the data and trailers that follow. {@code DataStatus.CONTINUE} lets all of it go on. */
    STOP,
    /** They wait, and so does the body, buffered up to the limit; this filter sees none of it until it continues. */
    STOP_AND_BUFFER,
    /** Like STOP_AND_BUFFER, but at the limit reading is paused instead of answering 413. */
    STOP_AND_WATERMARK
}
