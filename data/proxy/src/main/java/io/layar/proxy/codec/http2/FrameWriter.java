package io.layar.proxy.codec.http2;

import io.layar.proxy.codec.ConnectionOutput;
import io.layar.proxy.core.http.HeaderMap;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Writes frames of one connection. Small ones gather in one buffer that leaves once per turn of the event loop.
 * Thread: event loop of the connection.
 */
final class FrameWriter implements Runnable {
    /** Payloads up to this size are copied behind their frame header: cheaper than a second buffer in the socket's queue. */
    private static final int COPIED = 4 * 1024;

    private static final int INITIAL = 1024;

    private final ConnectionOutput out;
    private final HpackEncoder encoder;
    private @Nullable ByteBuf pending;
    private boolean flushing;
    private boolean closed;
    private int maxFrameSize = Frames.SMALLEST_MAX_FRAME_SIZE;
    /** Answers to the peer's frames since the last flush that the socket took. */
    private int waitingControlFrames;

    private long dataFramesSent;

    FrameWriter(ConnectionOutput out, int headerTableSize) {
        this.out = out;
        this.encoder = new HpackEncoder(headerTableSize);
    }

    void setMaxFrameSize(int size) {
        maxFrameSize = size;
    }

    int maxFrameSize() {
        return maxFrameSize;
    }

    void setPeerTableLimit(int limit) {
        encoder.setPeerLimit(limit);
    }

    int waitingControlFrames() {
        return waitingControlFrames;
    }

    long dataFramesSent() {
        return dataFramesSent;
    }

    private ByteBuf room(int bytes) {
        ByteBuf buffer = pending;
        if (buffer == null) {
            buffer = out.alloc().ioBuffer(Math.max(INITIAL, bytes));
            pending = buffer;
        }
        if (!flushing) {
            flushing = true;
            out.flushLater(this);
        }
        return buffer.ensureWritable(bytes);
    }

    private ByteBuf frame(int length, int type, int flags, int stream) {
        ByteBuf buffer = room(Frames.HEADER_SIZE + length);
        buffer.writeInt(length << 8 | type);
        buffer.writeByte(flags);
        buffer.writeInt(stream);
        return buffer;
    }

    void bytes(byte[] bytes) {
        if (!closed) {
            room(bytes.length).writeBytes(bytes);
        }
    }

    /** A block of headers in as many frames as the peer's frame size asks for; pseudo headers come first. */
    void headers(int stream, HeaderMap headers, boolean endStream) {
        if (closed) {
            return;
        }
        BlockBuffer block = BlockBuffer.begin();
        encoder.begin(block);
        int size = headers.size();
        for (int i = 0; i < size; i++) {
            String name = headers.name(i);
            if (name.charAt(0) == ':') {
                encoder.line(block, name, headers.value(i));
            }
        }
        for (int i = 0; i < size; i++) {
            String name = headers.name(i);
            if (name.charAt(0) != ':' && !HeaderRules.isConnectionSpecific(name, headers.value(i))) {
                encoder.line(block, name, headers.value(i));
            }
        }
        int first = Math.min(block.length, maxFrameSize);
        int flags = (endStream ? Frames.END_STREAM : 0) | (first == block.length ? Frames.END_HEADERS : 0);
        frame(first, Frames.HEADERS, flags, stream).writeBytes(block.bytes, 0, first);
        for (int at = first; at < block.length; at += maxFrameSize) {
            int length = Math.min(block.length - at, maxFrameSize);
            int last = at + length == block.length ? Frames.END_HEADERS : 0;
            frame(length, Frames.CONTINUATION, last, stream).writeBytes(block.bytes, at, length);
        }
    }

    /** One DATA frame; {@code data} fits the peer's frame size. Consumes it. */
    void data(int stream, ByteBuf data, boolean endStream) {
        int length = data.readableBytes();
        if (closed) {
            data.release();
            return;
        }
        dataFramesSent++;
        boolean copied = length <= COPIED;
        ByteBuf buffer = room(Frames.HEADER_SIZE + (copied ? length : 0));
        buffer.writeInt(length << 8 | Frames.DATA);
        buffer.writeByte(endStream ? Frames.END_STREAM : 0);
        buffer.writeInt(stream);
        if (copied) {
            buffer.writeBytes(data, data.readerIndex(), length);
            data.release();
        } else {
            pending = null;
            out.write(buffer);
            out.write(data);
        }
    }

    void settings(int... idsAndValues) {
        if (closed) {
            return;
        }
        ByteBuf buffer = frame(idsAndValues.length / 2 * 6, Frames.SETTINGS, 0, 0);
        for (int i = 0; i < idsAndValues.length; i += 2) {
            buffer.writeShort(idsAndValues[i]).writeInt(idsAndValues[i + 1]);
        }
    }

    void settingsAck() {
        control();
        if (!closed) {
            frame(0, Frames.SETTINGS, Frames.ACK, 0);
        }
    }

    void pingAck(long data) {
        control();
        if (!closed) {
            frame(8, Frames.PING, Frames.ACK, 0).writeLong(data);
        }
    }

    void windowUpdate(int stream, int increment) {
        if (!closed) {
            frame(4, Frames.WINDOW_UPDATE, 0, stream).writeInt(increment);
        }
    }

    void reset(int stream, ErrorCode code) {
        control();
        if (!closed) {
            frame(4, Frames.RST_STREAM, 0, stream).writeInt(code.ordinal());
        }
    }

    void goAway(int lastStream, ErrorCode code) {
        if (!closed) {
            frame(8, Frames.GOAWAY, 0, 0).writeInt(lastStream).writeInt(code.ordinal());
        }
    }

    private void control() {
        waitingControlFrames++;
    }

    /** Sends what has gathered; the event loop calls it once per turn. */
    @Override
    public void run() {
        flushing = false;
        if (closed) {
            return;
        }
        ByteBuf buffer = pending;
        if (buffer != null) {
            pending = null;
            out.write(buffer);
        }
        out.flush();
        if (out.isWritable()) {
            waitingControlFrames = 0;
        }
    }

    void close() {
        closed = true;
        if (pending != null) {
            pending.release();
            pending = null;
        }
    }
}
