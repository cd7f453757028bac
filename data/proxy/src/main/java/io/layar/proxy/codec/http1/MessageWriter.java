package io.layar.proxy.codec.http1;

import io.layar.proxy.codec.ConnectionOutput;
import io.layar.proxy.core.http.HeaderMap;
import io.layar.proxy.core.http.HeaderNames;
import io.layar.proxy.core.http.WireForm;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Writes messages of one connection: heads and small bodies go into one buffer, which leaves once per turn of the event loop.
 * Thread: event loop of the connection.
 */
final class MessageWriter implements Runnable {
    /** Bodies up to this size are copied behind their head: cheaper than a second buffer in the socket's queue. */
    private static final int COPIED = 8 * 1024;

    private static final byte[] CHUNK_END = {'\r', '\n'};
    private static final byte[] LAST_CHUNK = "0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final ConnectionOutput out;
    private final Http1Options options;
    private @Nullable ByteBuf pending;
    private boolean flushing;
    private byte[] a = new byte[0];
    private int at;
    private boolean chunked;
    private boolean closed;

    MessageWriter(ConnectionOutput out, Http1Options options) {
        this.out = out;
        this.options = options;
    }

    /** Begins a head with its first line; {@link #endHead} ends it. */
    MessageWriter begin(byte[] firstLine) {
        a = Bytes.ofThread().out();
        at = 0;
        bytes(firstLine);
        return this;
    }

    MessageWriter begin(String firstLine) {
        a = Bytes.ofThread().out();
        at = 0;
        text(firstLine);
        return this;
    }

    MessageWriter more(String text) {
        text(text);
        return this;
    }

    /** All lines of the map but pseudo headers; {@code :authority} is written as host. */
    void headers(HeaderMap headers) {
        WireForm form = options.keyFormat().keepsWireForm() ? headers.wireForm() : null;
        for (int i = 0, n = headers.size(); i < n; i++) {
            String name = headers.name(i);
            if (name.charAt(0) == ':') {
                if (name == HeaderNames.AUTHORITY || name.equals(HeaderNames.AUTHORITY)) {
                    header(HeaderNames.HOST, headers.value(i), form);
                }
                continue;
            }
            header(name, headers.value(i), form);
        }
    }

    void header(String name, String value, @Nullable WireForm form) {
        String spelled = name;
        if (options.keyFormat() != KeyFormat.LOWER_CASE) {
            spelled = spelling(name, form);
        }
        int nameLength = spelled.length();
        int valueLength = value.length();
        ensure(nameLength + valueLength + 4);
        put(spelled, nameLength);
        a[at++] = ':';
        a[at++] = ' ';
        put(value, valueLength);
        a[at++] = '\r';
        a[at++] = '\n';
    }

    private String spelling(String name, @Nullable WireForm form) {
        String kept = form == null ? null : form.name(name);
        if (kept != null) {
            return kept;
        }
        boolean proper = options.keyFormat() == KeyFormat.PROPER_CASE_WORDS
                || options.keyFormat() == KeyFormat.PRESERVE_CASE_PROPER_ELSE;
        return proper ? properCase(name) : name;
    }

    private static String properCase(String name) {
        StringBuilder spelled = new StringBuilder(name.length());
        boolean upper = true;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            spelled.append(upper ? Character.toUpperCase(c) : c);
            upper = !Character.isLetterOrDigit(c);
        }
        return spelled.toString();
    }

    /** Ends the head. {@code chunkedBody}: data that follows is written in chunks. */
    void endHead(boolean chunkedBody) {
        ensure(2);
        a[at++] = '\r';
        a[at++] = '\n';
        chunked = chunkedBody;
        copy(a, at);
        at = 0;
    }

    /** Writes body bytes. Consumes {@code data}. */
    void data(ByteBuf data) {
        int length = data.readableBytes();
        if (length == 0 || closed) {
            data.release();
            return;
        }
        if (chunked) {
            copy((Integer.toHexString(length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
        }
        if (length <= COPIED) {
            room(length).writeBytes(data);
            data.release();
        } else {
            push();
            out.write(data);
        }
        if (chunked) {
            copy(CHUNK_END);
        }
        flushLater();
    }

    /** Ends the body. */
    void end() {
        if (chunked) {
            copy(LAST_CHUNK);
        }
        chunked = false;
        flushLater();
    }

    void trailers(HeaderMap trailers) {
        if (!chunked || !options.enableTrailers()) {
            end();
            return;
        }
        begin("0\r\n");
        headers(trailers);
        endHead(false);
        flushLater();
    }

    void flushLater() {
        if (!flushing) {
            flushing = true;
            out.flushLater(this);
        }
    }

    @Override
    public void run() {
        flushing = false;
        if (!closed) {
            push();
            out.flush();
        }
    }

    /** Drops what has not left. */
    void close() {
        closed = true;
        if (pending != null) {
            pending.release();
            pending = null;
        }
    }

    boolean isWritable() {
        return out.isWritable();
    }

    private void push() {
        if (pending != null) {
            ByteBuf full = pending;
            pending = null;
            out.write(full);
        }
    }

    private void copy(byte[] bytes) {
        copy(bytes, bytes.length);
    }

    private void copy(byte[] bytes, int length) {
        if (!closed) {
            room(length).writeBytes(bytes, 0, length);
        }
    }

    private ByteBuf room(int length) {
        if (closed) {
            return Unpooled.EMPTY_BUFFER;
        }
        ByteBuf buffer = pending;
        if (buffer != null && buffer.writableBytes() < length) {
            push();
            buffer = null;
        }
        if (buffer == null) {
            buffer = out.alloc().ioBuffer(Math.max(length + 2048, 2048));
            pending = buffer;
        }
        return buffer;
    }

    private void bytes(byte[] bytes) {
        ensure(bytes.length);
        System.arraycopy(bytes, 0, a, at, bytes.length);
        at += bytes.length;
    }

    private void text(String text) {
        int length = text.length();
        ensure(length);
        put(text, length);
    }

    @SuppressWarnings("deprecation")
    private void put(String text, int length) {
        // The one call that copies Latin-1 text without a detour; header values have one char per byte.
        text.getBytes(0, length, a, at);
        at += length;
    }

    private void ensure(int more) {
        if (a.length - at < more) {
            a = Bytes.ofThread().growOut(at + more);
        }
    }
}
