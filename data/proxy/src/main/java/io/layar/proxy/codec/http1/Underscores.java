package io.layar.proxy.codec.http1;

/** What becomes of a header whose name has an underscore. Source: {@code headers_with_underscores_action}. */
public enum Underscores {
    ALLOW,
    REJECT_REQUEST,
    DROP_HEADER
}
