package io.layar.proxy.core.lb;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The 64-bit MurmurHash2 of the C++ standard library, which ring hash may ask for. */
final class MurmurHash2 {
    private static final long SEED = 0xc70f6907L;
    private static final long MULTIPLIER = 0xc6a4a7935bd1e995L;

    private MurmurHash2() {}

    static long of(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        long hash = SEED ^ bytes.length * MULTIPLIER;
        while (in.remaining() >= 8) {
            hash = (hash ^ shiftMix(in.getLong() * MULTIPLIER) * MULTIPLIER) * MULTIPLIER;
        }
        if (in.hasRemaining()) {
            long rest = 0;
            for (int shift = 0; in.hasRemaining(); shift += 8) {
                rest |= (in.get() & 0xFFL) << shift;
            }
            hash = (hash ^ rest) * MULTIPLIER;
        }
        return shiftMix(shiftMix(hash) * MULTIPLIER);
    }

    private static long shiftMix(long value) {
        return value ^ value >>> 47;
    }
}
