package io.layar.proxy.core.outlier;

/** How an attempt ended, as outlier detection sees it. Source: Envoy's {@code Outlier::Result}. */
public enum OutlierResult {
    /** No answer in time: the proxy gave up. */
    LOCAL_ORIGIN_TIMEOUT,
    /** The connection could not be made. */
    LOCAL_ORIGIN_CONNECT_FAILED,
    /** The connection was made; the final word (an answer) follows. */
    LOCAL_ORIGIN_CONNECT_SUCCESS,
    /** The connection was made, and that is all there is to know (TCP). */
    LOCAL_ORIGIN_CONNECT_SUCCESS_FINAL,
    /** The host answered with an error that is no HTTP status (a reset). */
    EXT_ORIGIN_REQUEST_FAILED,
    EXT_ORIGIN_REQUEST_SUCCESS
}
