package io.layar.proxy.http;

/** What a filter says after body bytes. Source: Envoy's {@code FilterDataStatus}. */
public enum DataStatus {
    /** The next filter gets them, and the headers and earlier data before them when they still wait at this filter. */
    CONTINUE,
    /** They are kept for this filter. Beyond the buffer limit: 413 for a request, 500 for a response. */
    STOP_AND_BUFFER,
    /** They are kept; beyond the buffer limit the sender is paused. */
    STOP_AND_WATERMARK,
    /** They are dropped here: the filter has made of them what it wanted (it may have kept a slice). */
    STOP_AND_DROP
}
