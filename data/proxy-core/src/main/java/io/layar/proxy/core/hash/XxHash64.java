package io.layar.proxy.core.hash;

import java.nio.charset.StandardCharsets;

/** xxHash, 64 bits: the hash of Envoy's hash policies and hash rings. Source: the algorithm's public specification. */
public final class XxHash64 {
    private static final long P1 = 0x9E3779B185EBCA87L;
    private static final long P2 = 0xC2B2AE3D27D4EB4FL;
    private static final long P3 = 0x165667B19E3779F9L;
    private static final long P4 = 0x85EBCA77C2B2AE63L;
    private static final long P5 = 0x27D4EB2F165667C5L;

    private XxHash64() {}

    /** Hash of Latin-1 text (header values, addresses), seed 0. */
    public static long of(String latin1) {
        return of(latin1.getBytes(StandardCharsets.ISO_8859_1), 0);
    }

    public static long of(byte[] data, long seed) {
        int at = 0;
        int left = data.length;
        long hash;
        if (left >= 32) {
            long a = seed + P1 + P2;
            long b = seed + P2;
            long c = seed;
            long d = seed - P1;
            do {
                a = round(a, word(data, at));
                b = round(b, word(data, at + 8));
                c = round(c, word(data, at + 16));
                d = round(d, word(data, at + 24));
                at += 32;
                left -= 32;
            } while (left >= 32);
            hash = Long.rotateLeft(a, 1) + Long.rotateLeft(b, 7) + Long.rotateLeft(c, 12) + Long.rotateLeft(d, 18);
            hash = merge(merge(merge(merge(hash, a), b), c), d);
        } else {
            hash = seed + P5;
        }
        return avalanche(tail(hash + data.length, data, at, left));
    }

    private static long tail(long start, byte[] data, int from, int length) {
        long hash = start;
        int at = from;
        int left = length;
        for (; left >= 8; at += 8, left -= 8) {
            hash ^= round(0, word(data, at));
            hash = Long.rotateLeft(hash, 27) * P1 + P4;
        }
        if (left >= 4) {
            hash ^= (half(data, at) & 0xFFFFFFFFL) * P1;
            hash = Long.rotateLeft(hash, 23) * P2 + P3;
            at += 4;
            left -= 4;
        }
        for (; left > 0; at++, left--) {
            hash ^= (data[at] & 255) * P5;
            hash = Long.rotateLeft(hash, 11) * P1;
        }
        return hash;
    }

    private static long avalanche(long hash) {
        long h = hash;
        h ^= h >>> 33;
        h *= P2;
        h ^= h >>> 29;
        h *= P3;
        return h ^ (h >>> 32);
    }

    private static long round(long accumulator, long input) {
        return Long.rotateLeft(accumulator + input * P2, 31) * P1;
    }

    private static long merge(long hash, long value) {
        return (hash ^ round(0, value)) * P1 + P4;
    }

    private static int half(byte[] data, int at) {
        return (data[at] & 255) | ((data[at + 1] & 255) << 8) | ((data[at + 2] & 255) << 16) | (data[at + 3] << 24);
    }

    private static long word(byte[] data, int at) {
        return (half(data, at) & 0xFFFFFFFFL) | ((long) half(data, at + 4) << 32);
    }
}
