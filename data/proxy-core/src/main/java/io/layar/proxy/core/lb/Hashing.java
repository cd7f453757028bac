package io.layar.proxy.core.lb;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** xxHash64 and the 64-bit MurmurHash2 of the C++ standard library, as consistent hashing needs them to agree with Envoy. */
public final class Hashing {
    private static final long P1 = 0x9E3779B185EBCA87L;
    private static final long P2 = 0xC2B2AE3D27D4EB4FL;
    private static final long P3 = 0x165667B19E3779F9L;
    private static final long P4 = 0x85EBCA77C2B2AE63L;
    private static final long P5 = 0x27D4EB2F165667C5L;
    private static final long MURMUR_SEED = 0xc70f6907L;
    private static final long MURMUR_MULTIPLIER = 0xc6a4a7935bd1e995L;

    private Hashing() {}

    public static long xxHash64(String text) {
        return xxHash64(text.getBytes(StandardCharsets.UTF_8), 0);
    }

    public static long xxHash64(byte[] bytes, long seed) {
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        long hash = bytes.length >= 32 ? lanes(in, seed) : seed + P5;
        hash += bytes.length;
        while (in.remaining() >= 8) {
            hash = Long.rotateLeft(hash ^ round(0, in.getLong()), 27) * P1 + P4;
        }
        if (in.remaining() >= 4) {
            hash = Long.rotateLeft(hash ^ (in.getInt() & 0xFFFFFFFFL) * P1, 23) * P2 + P3;
        }
        while (in.hasRemaining()) {
            hash = Long.rotateLeft(hash ^ (in.get() & 0xFF) * P5, 11) * P1;
        }
        hash = (hash ^ hash >>> 33) * P2;
        hash = (hash ^ hash >>> 29) * P3;
        return hash ^ hash >>> 32;
    }

    private static long lanes(ByteBuffer in, long seed) {
        long a = seed + P1 + P2;
        long b = seed + P2;
        long c = seed;
        long d = seed - P1;
        while (in.remaining() >= 32) {
            a = round(a, in.getLong());
            b = round(b, in.getLong());
            c = round(c, in.getLong());
            d = round(d, in.getLong());
        }
        long hash = Long.rotateLeft(a, 1) + Long.rotateLeft(b, 7) + Long.rotateLeft(c, 12) + Long.rotateLeft(d, 18);
        hash = merge(hash, a);
        hash = merge(hash, b);
        hash = merge(hash, c);
        return merge(hash, d);
    }

    private static long round(long lane, long input) {
        return Long.rotateLeft(lane + input * P2, 31) * P1;
    }

    private static long merge(long hash, long lane) {
        return (hash ^ round(0, lane)) * P1 + P4;
    }

    public static long murmurHash2(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        long hash = MURMUR_SEED ^ bytes.length * MURMUR_MULTIPLIER;
        while (in.remaining() >= 8) {
            hash = (hash ^ shiftMix(in.getLong() * MURMUR_MULTIPLIER) * MURMUR_MULTIPLIER) * MURMUR_MULTIPLIER;
        }
        if (in.hasRemaining()) {
            long rest = 0;
            for (int shift = 0; in.hasRemaining(); shift += 8) {
                rest |= (in.get() & 0xFFL) << shift;
            }
            hash = (hash ^ rest) * MURMUR_MULTIPLIER;
        }
        return shiftMix(shiftMix(hash) * MURMUR_MULTIPLIER);
    }

    private static long shiftMix(long value) {
        return value ^ value >>> 47;
    }
}
