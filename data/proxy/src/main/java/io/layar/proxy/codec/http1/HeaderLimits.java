package io.layar.proxy.codec.http1;

/**
 * How much of a head is accepted.
 *
 * @param maxBytes first line and header lines together
 * @param maxCount header lines
 */
public record HeaderLimits(int maxBytes, int maxCount) {
    public static final HeaderLimits REQUEST = new HeaderLimits(60 * 1024, 100);
    public static final HeaderLimits RESPONSE = new HeaderLimits(80 * 1024, 100);
}
