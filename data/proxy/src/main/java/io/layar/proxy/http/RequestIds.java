package io.layar.proxy.http;

import java.util.SplittableRandom;

/**
 * Random UUIDs (version 4) and other randomness of one worker. Not for secrets: as in Envoy, request ids need to be unique, not
 * unguessable. Thread: event loop of its worker.
 */
final class RequestIds {
    private static final byte[] HEX = "0123456789abcdef".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

    private final SplittableRandom random = new SplittableRandom();
    private final byte[] text = new byte[36];

    /** 64 random bits. */
    long next() {
        return random.nextLong();
    }

    /** A new UUID, lower case. */
    @SuppressWarnings("deprecation")
    String uuid() {
        long high = random.nextLong() & 0xffffffffffff0fffL | 0x4000L;
        long low = random.nextLong() & 0x3fffffffffffffffL | 0x8000000000000000L;
        put(high >>> 32, 0, 8);
        text[8] = '-';
        put(high >>> 16, 9, 4);
        text[13] = '-';
        put(high, 14, 4);
        text[18] = '-';
        put(low >>> 48, 19, 4);
        text[23] = '-';
        put(low, 24, 12);
        // The constructor that widens bytes without a charset is the cheapest for ASCII.
        return new String(text, 0);
    }

    private void put(long bits, int at, int digits) {
        long rest = bits;
        for (int i = at + digits - 1; i >= at; i--) {
            text[i] = HEX[(int) (rest & 15)];
            rest >>>= 4;
        }
    }
}
