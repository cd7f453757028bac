package io.layar.proxy.codec.http1;

import io.layar.proxy.core.http.HeaderMap;
import io.netty.buffer.ByteBuf;

/**
 * Takes the body of one message off a buffer.
 *
 * <p>Chunk sizes are read leniently, as Envoy's parser does: extensions and whatever follows the size up to the line's end are
 * ignored. Thread: event loop; an instance serves one connection.
 */
final class BodyReader {
    /** How the body at hand ends. */
    enum Kind {
        NONE,
        LENGTH,
        CHUNKED,
        /** With the connection: close-delimited responses, upgraded streams. */
        RAW
    }

    /** What {@link #read} found. */
    enum Step {
        /** All bytes are used up and the body goes on. */
        MORE,
        /** The body, and with it the message, is complete. */
        END,
        FAILED
    }

    /** Gets what is read. */
    interface Sink {
        /** Takes over {@code data}. */
        void data(ByteBuf data, boolean last);

        void trailers(HeaderMap trailers);
    }

    private enum ChunkState {
        SIZE,
        EXTENSION,
        DATA,
        DATA_END,
        TRAILERS
    }

    private static final int BAD_REQUEST = 400;
    private static final int HEADERS_TOO_LARGE = 431;
    private static final String CODEC_ERROR = "http1.codec_error";

    private final HeadParser parser;
    private final Http1Options options;
    private Kind kind = Kind.NONE;
    private long remaining;
    private ChunkState chunk = ChunkState.SIZE;
    private int digits;
    private boolean carriageReturn;

    /** Why reading failed: status and response code details. */
    int failureStatus = BAD_REQUEST;

    String failure = CODEC_ERROR;

    BodyReader(HeadParser parser, Http1Options options) {
        this.parser = parser;
        this.options = options;
    }

    void begin(Kind newKind, long length) {
        kind = newKind;
        remaining = length;
        chunk = ChunkState.SIZE;
        digits = 0;
        carriageReturn = false;
    }

    Kind kind() {
        return kind;
    }

    /** Reads what {@code in} holds of the body. Does not release it. */
    Step read(ByteBuf in, Sink sink) {
        return switch (kind) {
            case NONE -> Step.END;
            case LENGTH -> readLength(in, sink);
            case CHUNKED -> readChunked(in, sink);
            case RAW -> {
                if (in.isReadable()) {
                    sink.data(in.readRetainedSlice(in.readableBytes()), false);
                }
                yield Step.MORE;
            }
        };
    }

    private Step readLength(ByteBuf in, Sink sink) {
        int take = (int) Math.min(remaining, in.readableBytes());
        if (take == 0) {
            return Step.MORE;
        }
        remaining -= take;
        boolean last = remaining == 0;
        sink.data(in.readRetainedSlice(take), last);
        return last ? Step.END : Step.MORE;
    }

    private Step readChunked(ByteBuf in, Sink sink) {
        while (in.isReadable()) {
            switch (chunk) {
                case SIZE -> {
                    if (!readSize(in)) {
                        return Step.FAILED;
                    }
                }
                case EXTENSION -> {
                    if (!skipExtension(in)) {
                        return Step.FAILED;
                    }
                }
                case DATA -> {
                    int take = (int) Math.min(remaining, in.readableBytes());
                    remaining -= take;
                    if (remaining == 0) {
                        chunk = ChunkState.DATA_END;
                    }
                    sink.data(in.readRetainedSlice(take), false);
                }
                case DATA_END -> {
                    if (skipLine(in)) {
                        chunk = ChunkState.SIZE;
                    }
                }
                case TRAILERS -> {
                    return readTrailers(in, sink);
                }
            }
        }
        return Step.MORE;
    }

    private boolean readSize(ByteBuf in) {
        while (in.isReadable()) {
            byte c = in.getByte(in.readerIndex());
            int digit = Character.digit(c, 16);
            if (digit < 0) {
                if (digits == 0 || c != '\r' && c != '\n' && c != ';' && c != ' ' && c != '\t') {
                    return false;
                }
                chunk = ChunkState.EXTENSION;
                return true;
            }
            if (remaining >>> 59 != 0) {
                return false;
            }
            remaining = remaining << 4 | digit;
            digits++;
            in.skipBytes(1);
        }
        return true;
    }

    /** Skips what follows a chunk's size. False when the line does not end in CR LF: too good a place to smuggle something. */
    private boolean skipExtension(ByteBuf in) {
        while (in.isReadable()) {
            byte c = in.readByte();
            if (c == '\n') {
                if (!carriageReturn) {
                    return false;
                }
                carriageReturn = false;
                digits = 0;
                chunk = remaining == 0 ? ChunkState.TRAILERS : ChunkState.DATA;
                return true;
            }
            if (carriageReturn) {
                return false;
            }
            carriageReturn = c == '\r';
        }
        return true;
    }

    /** Skips up to and with the next LF; false when it has not come. */
    private static boolean skipLine(ByteBuf in) {
        int length = in.bytesBefore((byte) '\n');
        if (length < 0) {
            in.skipBytes(in.readableBytes());
            return false;
        }
        in.skipBytes(length + 1);
        return true;
    }

    /** The caller keeps bytes that are left over and comes back with more behind them. */
    private Step readTrailers(ByteBuf in, Sink sink) {
        int length = in.readableBytes();
        byte first = in.getByte(in.readerIndex());
        if (first == '\n' || first == '\r' && length > 1 && in.getByte(in.readerIndex() + 1) == '\n') {
            in.skipBytes(first == '\n' ? 1 : 2);
            sink.data(in.alloc().buffer(0, 0), true);
            return Step.END;
        }
        int taken = Math.min(length, options.limits().maxBytes() + 1);
        byte[] a = Bytes.ofThread().in(taken);
        in.getBytes(in.readerIndex(), a, 0, taken);
        HeaderMap trailers = new HeaderMap();
        parser.begin(trailers);
        int end = parser.parse(a, 0, taken, true);
        boolean tooLarge = end == HeadParser.INCOMPLETE
                ? taken > options.limits().maxBytes()
                : end > options.limits().maxBytes();
        if (tooLarge) {
            failureStatus = HEADERS_TOO_LARGE;
            failure = "http1.headers_too_large";
            return Step.FAILED;
        }
        if (end == HeadParser.INCOMPLETE) {
            return Step.MORE;
        }
        if (end < 0) {
            failureStatus = parser.failureStatus;
            failure = parser.failure;
            return Step.FAILED;
        }
        in.skipBytes(end);
        if (options.enableTrailers() && !trailers.isEmpty()) {
            sink.trailers(trailers);
        } else {
            sink.data(in.alloc().buffer(0, 0), true);
        }
        return Step.END;
    }

    /** Whether the message may end with the connection. */
    boolean endsWithConnection() {
        return kind == Kind.RAW;
    }
}
