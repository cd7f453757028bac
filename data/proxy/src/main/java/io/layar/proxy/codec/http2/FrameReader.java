package io.layar.proxy.codec.http2;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the byte stream into frames. The payload of DATA is handed on as it comes, without waiting for the whole frame and without
 * copying; other frames are handed on whole. Thread: event loop of the connection.
 */
final class FrameReader {
    /** What a connection does with frames. A returned error ends the reading. */
    interface Handler {
        /** A DATA frame of {@code length} bytes, padding included, begins; false to have its payload dropped. */
        boolean onDataFrame(int stream, int length, boolean endStream);

        /** Some payload of the DATA frame that began. The handler takes over {@code data}. */
        void onDataPayload(int stream, ByteBuf data, boolean endStream);

        /** Any other frame; its payload is {@code payload[0, length)}, valid for the time of the call. */
        void onFrame(int type, int flags, int stream, byte[] payload, int length);

        void onFault(ErrorCode code, String details);

        /** True when nothing more shall be read. */
        boolean isDead();
    }

    private final Handler handler;
    private final ByteBufAllocator alloc;
    private final byte[] payload = new byte[Frames.SMALLEST_MAX_FRAME_SIZE];
    private @Nullable ByteBuf pending;

    private int dataStream;
    private int dataLeft;
    private int paddingLeft;
    private boolean dataEnds;
    private boolean dataWanted;

    FrameReader(Handler handler, ByteBufAllocator alloc) {
        this.handler = handler;
        this.alloc = alloc;
    }

    /** Reads frames from {@code data} and keeps what is incomplete. Consumes it. */
    void read(ByteBuf data) {
        ByteBuf input = data;
        if (pending != null) {
            input = alloc.buffer(pending.readableBytes() + data.readableBytes());
            input.writeBytes(pending).writeBytes(data);
            pending.release();
            data.release();
            pending = null;
        }
        while (!handler.isDead() && input.isReadable() && step(input)) {}
        if (input.isReadable() && !handler.isDead()) {
            pending = input;
        } else {
            input.release();
        }
    }

    private boolean step(ByteBuf input) {
        if (dataLeft > 0) {
            return dataPayload(input);
        }
        if (paddingLeft > 0) {
            int skipped = Math.min(paddingLeft, input.readableBytes());
            input.skipBytes(skipped);
            paddingLeft -= skipped;
            return true;
        }
        if (input.readableBytes() < Frames.HEADER_SIZE) {
            return false;
        }
        int at = input.readerIndex();
        int length = input.getUnsignedMedium(at);
        int type = input.getUnsignedByte(at + 3);
        int flags = input.getUnsignedByte(at + 4);
        int stream = input.getInt(at + 5) & 0x7fffffff;
        if (length > Frames.SMALLEST_MAX_FRAME_SIZE) {
            handler.onFault(ErrorCode.FRAME_SIZE_ERROR, "frame of " + length + " bytes");
            return false;
        }
        if (type == Frames.DATA) {
            return dataFrame(input, length, flags, stream);
        }
        if (input.readableBytes() < Frames.HEADER_SIZE + length) {
            return false;
        }
        input.skipBytes(Frames.HEADER_SIZE);
        input.readBytes(payload, 0, length);
        handler.onFrame(type, flags, stream, payload, length);
        return true;
    }

    private boolean dataFrame(ByteBuf input, int length, int flags, int stream) {
        boolean padded = (flags & Frames.PADDED) != 0;
        if (padded && length > 0 && input.readableBytes() < Frames.HEADER_SIZE + 1) {
            return false;
        }
        int padding = 0;
        if (padded) {
            padding = length == 0 ? 1 : input.getUnsignedByte(input.readerIndex() + Frames.HEADER_SIZE) + 1;
            if (padding > length) {
                handler.onFault(ErrorCode.PROTOCOL_ERROR, "padding longer than its frame");
                return false;
            }
        }
        input.skipBytes(Frames.HEADER_SIZE + (padded ? 1 : 0));
        dataStream = stream;
        dataEnds = (flags & Frames.END_STREAM) != 0;
        dataLeft = length - padding;
        paddingLeft = padded ? padding - 1 : 0;
        dataWanted = handler.onDataFrame(stream, length, dataEnds);
        if (dataLeft == 0 && dataWanted && dataEnds) {
            handler.onDataPayload(stream, io.netty.buffer.Unpooled.EMPTY_BUFFER, true);
        }
        return true;
    }

    private boolean dataPayload(ByteBuf input) {
        int taken = Math.min(dataLeft, input.readableBytes());
        dataLeft -= taken;
        if (!dataWanted) {
            input.skipBytes(taken);
        } else {
            handler.onDataPayload(dataStream, input.readRetainedSlice(taken), dataEnds && dataLeft == 0);
        }
        return true;
    }

    void close() {
        if (pending != null) {
            pending.release();
            pending = null;
        }
    }
}
