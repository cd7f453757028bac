package io.layar.proxy.http;

/**
 * What the compilation of a filter may draw on.
 *
 * @param statPrefix prefix of counters of this connection manager, such as {@code http.ingress.}
 */
public record HttpFilterContext(String statPrefix) {}
