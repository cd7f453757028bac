package io.layar.proxy.http;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** What of one message waits at one filter. Most filters never stop a message and have none. Thread: event loop of the stream. */
final class Held {
    /** How the headers were stopped; null when they went on. */
    @Nullable
    HeadersStatus headers;

    /** Data was stopped here by the filter's own word. */
    boolean data;

    boolean trailers;

    /** The message has ended before or at this filter, without trailers. */
    boolean end;

    /** Trailers came and wait here, unseen by the filter. */
    boolean trailersUnseen;

    boolean paused;

    @Nullable
    ByteBuf body;

    boolean stopped() {
        return headers != null || data || trailers;
    }

    /** Whether the filter shall not be shown what arrives. */
    boolean blind() {
        return headers == HeadersStatus.STOP_AND_BUFFER || headers == HeadersStatus.STOP_AND_WATERMARK;
    }

    /** Adds bytes. Takes over {@code more}. */
    void append(ByteBuf more) {
        if (body == null) {
            body = more;
            return;
        }
        if (more.isReadable()) {
            ByteBuf all = body;
            if (all.maxWritableBytes() < more.readableBytes() || all.isReadOnly() || all.refCnt() > 1) {
                all = body.alloc().ioBuffer(body.readableBytes() + more.readableBytes());
                all.writeBytes(body);
                body.release();
                body = all;
            }
            all.writeBytes(more);
        }
        more.release();
    }

    int size() {
        return body == null ? 0 : body.readableBytes();
    }

    @Nullable
    ByteBuf takeBody() {
        ByteBuf taken = body;
        body = null;
        return taken;
    }

    void release() {
        if (body != null) {
            body.release();
            body = null;
        }
    }
}
