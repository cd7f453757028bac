package io.layar.proxy.codec.http1;

import io.layar.proxy.codec.ConnectionOutput;
import io.layar.proxy.codec.RequestReceiver;
import io.layar.proxy.codec.ResetReason;
import io.layar.proxy.codec.ServerConnection;
import io.layar.proxy.codec.ServerConnectionListener;
import io.layar.proxy.core.http.HeaderMap;
import io.layar.proxy.core.http.HeaderNames;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * The server side of an HTTP/1 connection: one request at a time; what a client pipelines behind it waits, with reading stopped.
 * Thread: event loop of the connection.
 */
public final class Http1ServerConnection implements ServerConnection, BodyReader.Sink {
    private static final int FIRST_LOOK = 4096;
    private static final int PIPELINED_LIMIT = 64 * 1024;
    private static final String CODEC_ERROR = "http1.codec_error";

    private final ConnectionOutput out;
    private final ServerConnectionListener listener;
    private final Http1Options options;
    private final HeadParser parser;
    private final BodyReader body;
    private final MessageWriter writer;

    private @Nullable Http1ServerStream stream;
    private @Nullable RequestReceiver receiver;
    private @Nullable ByteBuf pending;
    private int scanned;
    private boolean firstLineSeen;
    private boolean inBody;
    private boolean processing;
    private boolean dead;
    private boolean http10;
    private boolean wantsClose;
    private int pauses;
    private boolean pipelinePaused;

    public Http1ServerConnection(ConnectionOutput out, ServerConnectionListener listener, Http1Options options) {
        this.out = out;
        this.listener = listener;
        this.options = options;
        this.parser = new HeadParser(options, true);
        this.body = new BodyReader(parser, options);
        this.writer = new MessageWriter(out, options);
    }

    @Override
    public void onBytes(ByteBuf data) {
        if (dead) {
            data.release();
            return;
        }
        ByteBuf input = data;
        if (pending != null) {
            input = append(pending, data);
            pending = null;
        }
        process(input);
    }

    private ByteBuf append(ByteBuf first, ByteBuf more) {
        ByteBuf all = first;
        int length = first.readableBytes();
        if (first.refCnt() > 1 || first.maxWritableBytes() < more.readableBytes() || first.isReadOnly()) {
            all = out.alloc().ioBuffer(Math.max(2 * length, length + more.readableBytes()));
            all.writeBytes(first);
            first.release();
        } else {
            all.discardReadBytes();
        }
        all.writeBytes(more);
        more.release();
        return all;
    }

    private void process(ByteBuf input) {
        processing = true;
        while (input.isReadable() && !dead && step(input)) {}
        processing = false;
        if (dead || !input.isReadable()) {
            input.release();
            return;
        }
        pending = input;
        if (stream != null && !inBody && input.readableBytes() > PIPELINED_LIMIT && !pipelinePaused) {
            pipelinePaused = true;
            pauseReading(true);
        }
    }

    /** One step through the input; false when more bytes, or the answer to the request at hand, must come first. */
    private boolean step(ByteBuf input) {
        if (inBody) {
            return stepBody(input);
        }
        if (stream != null) {
            return false;
        }
        return stepHead(input);
    }

    private boolean stepBody(ByteBuf input) {
        int before = input.readableBytes();
        return switch (body.read(input, this)) {
            case MORE -> input.readableBytes() < before && input.isReadable() && !dead && inBody;
            case END -> {
                inBody = false;
                yield true;
            }
            case FAILED -> {
                fail(body.failureStatus, body.failure);
                yield false;
            }
        };
    }

    private boolean stepHead(ByteBuf input) {
        skipEmptyLines(input);
        int available = input.readableBytes();
        if (available == 0) {
            return false;
        }
        if (scanned > 0 && !worthParsing(input)) {
            return checkSize(available);
        }
        int look = Math.min(available, scanned > 0 ? options.limits().maxBytes() + 1 : FIRST_LOOK);
        while (true) {
            byte[] a = Bytes.ofThread().in(look);
            input.getBytes(input.readerIndex(), a, 0, look);
            int end = parseHead(a, look);
            if (end >= 0) {
                input.skipBytes(end);
                scanned = 0;
                firstLineSeen = false;
                return true;
            }
            if (end == HeadParser.FAILED) {
                return false;
            }
            if (look == available || look > options.limits().maxBytes()) {
                if (scanned == 0) {
                    listener.onRequestBegun();
                }
                scanned = available;
                return checkSize(available);
            }
            look = Math.min(available, options.limits().maxBytes() + 1);
        }
    }

    private static void skipEmptyLines(ByteBuf input) {
        while (input.isReadable()) {
            byte c = input.getByte(input.readerIndex());
            if (c != '\r' && c != '\n') {
                return;
            }
            input.skipBytes(1);
        }
    }

    /** Bytes that trickle in are parsed again only when they may end the head, or its first line. */
    private boolean worthParsing(ByteBuf input) {
        int base = input.readerIndex();
        int to = base + input.readableBytes();
        for (int i = base + Math.max(0, scanned - 2); i < to; i++) {
            if (input.getByte(i) == '\n') {
                if (!firstLineSeen) {
                    return true;
                }
                if (i + 1 < to && input.getByte(i + 1) == '\n'
                        || i + 2 < to && input.getByte(i + 1) == '\r' && input.getByte(i + 2) == '\n') {
                    return true;
                }
            }
        }
        scanned = input.readableBytes();
        return false;
    }

    private boolean checkSize(int available) {
        if (available >= options.limits().maxBytes()) {
            fail(431, "http1.headers_too_large");
        }
        return false;
    }

    /** Index after the head, or one of HeadParser's codes; when FAILED, {@link #fail} has been called. */
    private int parseHead(byte[] a, int to) {
        if ((a[0] & 255) <= ' ') {
            fail(400, CODEC_ERROR);
            return HeadParser.FAILED;
        }
        int lineEnd = 0;
        while (lineEnd < to && a[lineEnd] != '\n') {
            lineEnd++;
        }
        if (lineEnd == to) {
            return HeadParser.INCOMPLETE;
        }
        firstLineSeen = true;
        int methodEnd = islandEnd(a, 0, lineEnd);
        int targetFrom = blanksEnd(a, methodEnd, lineEnd);
        int targetEnd = islandEnd(a, targetFrom, lineEnd);
        int versionFrom = blanksEnd(a, targetEnd, lineEnd);
        int versionEnd = lineEnd;
        while (versionEnd > versionFrom && (a[versionEnd - 1] & 255) <= ' ') {
            versionEnd--;
        }
        String method = FirstLine.method(a, 0, methodEnd);
        boolean connect = "CONNECT".equals(method);
        if (method == null || !FirstLine.validTarget(a, targetFrom, targetEnd, connect)) {
            fail(400, CODEC_ERROR);
            return HeadParser.FAILED;
        }
        if (versionFrom == versionEnd) {
            return refuse(426, "low_version");
        }
        if (!FirstLine.validVersion(a, versionFrom, versionEnd)) {
            return refuse(400, CODEC_ERROR);
        }
        boolean http11 = Bytes.equal("HTTP/1.1", a, versionFrom, versionEnd);
        boolean clean = FirstLine.cleanOctets(a, lineEnd);
        return parseLines(a, lineEnd + 1, to, new Line(method, http11, clean, Bytes.text(a, targetFrom, targetEnd)));
    }

    /** A request line; {@code clean}: without control characters, which are looked at when the whole head is there. */
    private record Line(String method, boolean http11, boolean clean, String target) {
        boolean connect() {
            return method.equals("CONNECT");
        }
    }

    private static int islandEnd(byte[] a, int from, int to) {
        int i = from;
        while (i < to && (a[i] & 255) > ' ') {
            i++;
        }
        return i;
    }

    private static int blanksEnd(byte[] a, int from, int to) {
        int i = from;
        while (i < to && (a[i] & 255) <= ' ') {
            i++;
        }
        return i;
    }

    private int parseLines(byte[] a, int from, int to, Line line) {
        HeaderMap headers = new HeaderMap();
        headers.add(HeaderNames.METHOD, line.method());
        if (!line.connect()) {
            headers.add(HeaderNames.PATH, line.target()).add(HeaderNames.AUTHORITY, "");
        }
        parser.begin(headers);
        int end = parser.parse(a, from, to, false);
        if (end == HeadParser.INCOMPLETE) {
            return end;
        }
        if (end == HeadParser.FAILED) {
            fail(parser.failureStatus, parser.failure);
            return end;
        }
        if (end > options.limits().maxBytes()) {
            fail(431, "http1.headers_too_large");
            return HeadParser.FAILED;
        }
        return accept(headers, line, end);
    }

    private int accept(HeaderMap headers, Line line, int end) {
        if (!line.clean()) {
            return refuse(400, "http1.invalid_characters");
        }
        http10 = !line.http11();
        if (http10 && !options.acceptHttp10()) {
            http10 = false;
            return refuse(426, "low_version");
        }
        if (parser.badContentLength()) {
            return refuse(400, CODEC_ERROR);
        }
        if (parser.hasTransferEncoding) {
            if (headers.contains(HeaderNames.CONTENT_LENGTH)) {
                if (!parser.chunked || !options.allowChunkedLength()) {
                    return refuse(400, "http1.content_length_and_chunked_not_allowed");
                }
                headers.remove(HeaderNames.CONTENT_LENGTH);
                parser.contentLength = -1;
            }
            if (!parser.chunked || line.connect()) {
                return refuse(501, "http1.invalid_transfer_encoding");
            }
        }
        if (line.connect() && !withoutBody(headers)) {
            return refuse(400, "http1.body_disallowed");
        }
        if (parser.connection != null && !NominatedHeaders.remove(headers, parser.connection)) {
            return refuse(400, "http1.connection_header_rejected");
        }
        String host = parser.connectionNames(HeaderNames.HOST) ? null : parser.host;
        if (host == null && http10) {
            host = options.defaultHost();
        }
        if (host != null && !FirstLine.validAuthority(host)) {
            return refuse(400, "http.invalid_authority");
        }
        String bad = RequestTarget.apply(headers, line.target(), line.method(), host);
        if (bad != null) {
            return refuse(400, bad);
        }
        dropMissingHost(headers, host);
        wantsClose = http10 ? !parser.connectionKeepAlive : parser.connectionClose;
        dispatch(headers, line);
        return end;
    }

    /** A CONNECT request may say that it has no body, but may not have one. */
    private boolean withoutBody(HeaderMap headers) {
        if (parser.contentLength == 0) {
            headers.remove(HeaderNames.CONTENT_LENGTH);
        }
        return parser.contentLength <= 0;
    }

    private int refuse(int status, String details) {
        fail(status, details);
        return HeadParser.FAILED;
    }

    private static void dropMissingHost(HeaderMap headers, @Nullable String host) {
        int at = headers.indexOf(HeaderNames.AUTHORITY);
        if (at >= 0 && host == null && headers.value(at).isEmpty()) {
            headers.removeAt(at);
        }
    }

    private void dispatch(HeaderMap headers, Line line) {
        boolean upgrade = line.connect() || isUpgrade();
        if (upgrade && !line.connect()) {
            headers.add(HeaderNames.CONNECTION, String.valueOf(parser.connection));
            headers.add(HeaderNames.UPGRADE, String.valueOf(parser.upgrade));
        }
        boolean end = false;
        if (upgrade) {
            body.begin(BodyReader.Kind.RAW, 0);
        } else if (parser.chunked) {
            body.begin(BodyReader.Kind.CHUNKED, 0);
        } else if (parser.contentLength > 0) {
            body.begin(BodyReader.Kind.LENGTH, parser.contentLength);
        } else {
            body.begin(BodyReader.Kind.NONE, 0);
            end = true;
        }
        inBody = !end;
        Http1ServerStream begun = new Http1ServerStream(this, line.method());
        stream = begun;
        begun.remoteComplete = end;
        receiver = listener.onNewStream(begun);
        if (stream == begun) {
            receiver.onHeaders(headers, end);
        }
    }

    /** A request to change protocols, but not to cleartext HTTP/2, which is ignored. */
    private boolean isUpgrade() {
        String upgrade = parser.upgrade;
        return !http10 && upgrade != null && parser.connectionUpgrade && !upgrade.equalsIgnoreCase("h2c");
    }

    /** Nothing more can be read from this connection; the request at hand, or a new one, is answered with the error. */
    private void fail(int status, String details) {
        dead = true;
        inBody = false;
        Http1ServerStream failed = stream;
        if (failed == null) {
            failed = new Http1ServerStream(this, "");
            stream = failed;
            receiver = listener.onNewStream(failed);
        }
        if (receiver != null) {
            receiver.onBadRequest(status, details);
        }
    }

    @Override
    public void data(ByteBuf data, boolean last) {
        RequestReceiver to = receiver;
        Http1ServerStream of = stream;
        if (to == null || of == null) {
            data.release();
            return;
        }
        of.remoteComplete = last;
        if (last) {
            inBody = false;
        }
        to.onData(data, last);
    }

    @Override
    public void trailers(HeaderMap trailers) {
        inBody = false;
        if (receiver != null && stream != null) {
            stream.remoteComplete = true;
            receiver.onTrailers(trailers);
        }
    }

    /** The answer of {@code ended} is complete. */
    void onResponseEnd(Http1ServerStream ended) {
        if (ended != stream) {
            return;
        }
        stream = null;
        receiver = null;
        resumeReading();
        if (!ended.remoteComplete) {
            // What is left of the request has no meaning any more, and the next one cannot be found behind it.
            dead = true;
            inBody = false;
        }
        ByteBuf waiting = pending;
        if (waiting != null && !processing && !dead) {
            pending = null;
            process(waiting);
        }
    }

    void onReset(Http1ServerStream reset) {
        if (reset == stream) {
            stream = null;
            receiver = null;
            dead = true;
            inBody = false;
        }
    }

    void pauseReading(boolean pause) {
        pauses += pause ? 1 : -1;
        if (pauses == (pause ? 1 : 0)) {
            out.setReading(!pause);
        }
    }

    private void resumeReading() {
        pipelinePaused = false;
        if (pauses > 0) {
            pauses = 0;
            out.setReading(true);
        }
    }

    MessageWriter writer() {
        return writer;
    }

    boolean http10() {
        return http10;
    }

    @Override
    public void onReadComplete() {}

    @Override
    public void onChannelWritabilityChanged(boolean writable) {
        if (receiver != null) {
            receiver.onWritabilityChanged(writable);
        }
    }

    @Override
    public void onClosed(String details) {
        dead = true;
        inBody = false;
        RequestReceiver of = receiver;
        stream = null;
        receiver = null;
        if (of != null) {
            of.onReset(ResetReason.CONNECTION_TERMINATION, details);
        }
        writer.close();
        if (pending != null) {
            pending.release();
            pending = null;
        }
    }

    @Override
    public void refuseRequest(int status, String details) {
        if (stream == null && !dead) {
            fail(status, details);
        }
    }

    @Override
    public void shutdownNotice() {}

    @Override
    public void goAway() {}

    @Override
    public boolean peerWantsClose() {
        return wantsClose;
    }

    @Override
    public String protocol() {
        return http10 ? "HTTP/1.0" : "HTTP/1.1";
    }
}
