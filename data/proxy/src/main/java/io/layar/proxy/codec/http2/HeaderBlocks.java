package io.layar.proxy.codec.http2;

import java.util.Arrays;

/** Joins a HEADERS frame and its CONTINUATIONs to one block. Thread: event loop of the connection. */
final class HeaderBlocks {
    /** A peer that needs more frames for one block wants to keep us busy. */
    private static final int MOST_FRAMES = 64;

    private static final byte[] NONE = {};

    private final Http2Connection connection;
    private byte[] block = NONE;
    private int length;
    private int stream;
    private int frames;
    private boolean endStream;

    HeaderBlocks(Http2Connection connection) {
        this.connection = connection;
    }

    /** True between HEADERS and the frame that ends its block. */
    boolean isOpen() {
        return stream != 0;
    }

    int stream() {
        return stream;
    }

    void onFrame(int type, int flags, int id, byte[] payload, int payloadLength) {
        if (type == Frames.HEADERS) {
            onHeaders(flags, id, payload, payloadLength);
        } else if (stream == 0) {
            connection.onFault(ErrorCode.PROTOCOL_ERROR, "CONTINUATION without HEADERS");
        } else {
            append(payload, 0, payloadLength);
            if ((flags & Frames.END_HEADERS) != 0) {
                finish();
            }
        }
    }

    private void onHeaders(int flags, int id, byte[] payload, int payloadLength) {
        int from = 0;
        int to = payloadLength;
        if (id == 0) {
            connection.onFault(ErrorCode.PROTOCOL_ERROR, "HEADERS of stream 0");
            return;
        }
        if ((flags & Frames.PADDED) != 0) {
            to -= payloadLength == 0 ? 1 : payload[0] & 255;
            from++;
        }
        boolean selfDependent = false;
        if ((flags & Frames.PRIORITY_FLAG) != 0) {
            if (to - from >= 5) {
                selfDependent = (Http2Connection.integer(payload, from) & 0x7fffffff) == id;
            }
            from += 5;
        }
        if (from > to) {
            connection.onFault(ErrorCode.PROTOCOL_ERROR, "padding or priority longer than HEADERS");
            return;
        }
        if (selfDependent) {
            connection.onFault(ErrorCode.PROTOCOL_ERROR, "a stream that depends on itself");
            return;
        }
        boolean ends = (flags & Frames.END_STREAM) != 0;
        if ((flags & Frames.END_HEADERS) != 0) {
            connection.onHeaderBlock(id, payload, from, to, ends);
            return;
        }
        stream = id;
        endStream = ends;
        frames = 1;
        length = 0;
        append(payload, from, to);
    }

    private void append(byte[] payload, int from, int to) {
        int more = to - from;
        if (++frames > MOST_FRAMES
                || length + more > 2 * connection.options().maxHeaderBytes() + Frames.SMALLEST_MAX_FRAME_SIZE) {
            connection.onFault(ErrorCode.ENHANCE_YOUR_CALM, "header block too large");
            return;
        }
        if (length + more > block.length) {
            block = Arrays.copyOf(block, Math.max(length + more, 2 * block.length));
        }
        System.arraycopy(payload, from, block, length, more);
        length += more;
    }

    private void finish() {
        int id = stream;
        stream = 0;
        byte[] whole = block;
        block = NONE;
        connection.onHeaderBlock(id, whole, 0, length, endStream);
    }
}
