package io.layar.proxy.http;

/** What a filter says after trailers. Source: Envoy's {@code FilterTrailersStatus}. */
public enum TrailersStatus {
    /** The next filter gets them, after everything that still waits at this filter. */
    CONTINUE,
    /** They wait until this filter continues. */
    STOP
}
