package io.layar.proxy.codec.http2;

import io.netty.util.concurrent.FastThreadLocal;
import java.util.Arrays;

/** Bytes of the header block that is being written; one for each thread, as a block is written in one go. */
final class BlockBuffer {
    private static final int INITIAL = 2048;
    private static final FastThreadLocal<BlockBuffer> OF_THREAD = new FastThreadLocal<>() {
        @Override
        protected BlockBuffer initialValue() {
            return new BlockBuffer();
        }
    };

    byte[] bytes = new byte[INITIAL];
    int length;

    private BlockBuffer() {}

    /** This thread's buffer, emptied. */
    static BlockBuffer begin() {
        BlockBuffer buffer = OF_THREAD.get();
        buffer.length = 0;
        return buffer;
    }

    /** A number with a prefix of {@code prefix} bits behind {@code bits}. Source: RFC 7541, section 5.1. */
    void integer(int bits, int prefix, int value) {
        ensure(6);
        int mask = (1 << prefix) - 1;
        if (value < mask) {
            bytes[length++] = (byte) (bits | value);
            return;
        }
        bytes[length++] = (byte) (bits | mask);
        int rest = value - mask;
        while (rest >= 0x80) {
            bytes[length++] = (byte) (rest & 0x7f | 0x80);
            rest >>>= 7;
        }
        bytes[length++] = (byte) rest;
    }

    /** A text with its length, not Huffman coded. */
    @SuppressWarnings("deprecation") // The one copy of Latin-1 text that needs no array in between.
    void text(String text) {
        int size = text.length();
        integer(0, 7, size);
        ensure(size);
        text.getBytes(0, size, bytes, length);
        length += size;
    }

    private void ensure(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length << 1, length + more));
        }
    }
}
