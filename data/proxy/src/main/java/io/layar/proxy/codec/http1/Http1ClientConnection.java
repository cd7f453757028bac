package io.layar.proxy.codec.http1;

import io.layar.proxy.codec.ClientConnection;
import io.layar.proxy.codec.ClientConnectionListener;
import io.layar.proxy.codec.ConnectionOutput;
import io.layar.proxy.codec.RequestSender;
import io.layar.proxy.codec.ResetReason;
import io.layar.proxy.codec.ResponseReceiver;
import io.layar.proxy.core.http.HeaderMap;
import io.layar.proxy.core.http.HeaderNames;
import io.layar.proxy.core.http.WireForm;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** The client side of an HTTP/1 connection: one stream at a time. Thread: event loop of the connection. */
public final class Http1ClientConnection implements ClientConnection, BodyReader.Sink {
    private static final int FIRST_LOOK = 4096;
    private static final String CODEC_ERROR = "http1.codec_error";

    private final ConnectionOutput out;
    private final ClientConnectionListener listener;
    private final Http1Options options;
    private final HeadParser parser;
    private final BodyReader body;
    private final MessageWriter writer;

    private @Nullable Http1ClientStream stream;
    private @Nullable ResponseReceiver receiver;
    private @Nullable ByteBuf pending;
    private boolean inBody;
    private boolean responseBegun;
    private boolean responseComplete;
    private boolean dead;
    private boolean last;
    private int pauses;
    private String failure = CODEC_ERROR;

    public Http1ClientConnection(ConnectionOutput out, ClientConnectionListener listener, Http1Options options) {
        this.out = out;
        this.listener = listener;
        this.options = options;
        this.parser = new HeadParser(options, false);
        this.body = new BodyReader(parser, options);
        this.writer = new MessageWriter(out, options);
    }

    @Override
    public RequestSender newStream(ResponseReceiver newReceiver) {
        if (stream != null) {
            throw new IllegalStateException("a second stream on an HTTP/1 connection");
        }
        Http1ClientStream begun = new Http1ClientStream(this);
        stream = begun;
        receiver = newReceiver;
        responseBegun = false;
        responseComplete = false;
        inBody = false;
        return begun;
    }

    @Override
    public void onBytes(ByteBuf data) {
        if (dead || !data.isReadable()) {
            data.release();
            return;
        }
        if (stream == null || responseComplete) {
            // Bytes that nobody asked for: the connection cannot be trusted any more.
            data.release();
            endConnection();
            return;
        }
        responseBegun = true;
        ByteBuf input = data;
        if (pending != null) {
            input = out.alloc().ioBuffer(pending.readableBytes() + data.readableBytes());
            input.writeBytes(pending).writeBytes(data);
            pending.release();
            data.release();
            pending = null;
        }
        while (input.isReadable() && !dead && !responseComplete && step(input)) {}
        if (!dead && !responseComplete && input.isReadable()) {
            pending = input;
            return;
        }
        boolean excess = responseComplete && input.isReadable() && !dead;
        input.release();
        if (excess) {
            endConnection();
        }
    }

    private boolean step(ByteBuf input) {
        if (inBody) {
            int before = input.readableBytes();
            return switch (body.read(input, this)) {
                case MORE -> input.readableBytes() < before;
                case END -> true;
                case FAILED -> fail();
            };
        }
        return stepHead(input);
    }

    private boolean stepHead(ByteBuf input) {
        while (input.isReadable() && isLineEnd(input.getByte(input.readerIndex()))) {
            input.skipBytes(1);
        }
        int available = input.readableBytes();
        int limit = options.limits().maxBytes();
        int look = Math.min(available, FIRST_LOOK);
        while (look > 0) {
            byte[] a = Bytes.ofThread().in(look);
            input.getBytes(input.readerIndex(), a, 0, look);
            int end = parseHead(a, look);
            if (end == HeadParser.FAILED) {
                return fail();
            }
            if (end >= 0) {
                // The receiver may have reset the stream, and the codec with it.
                input.skipBytes(end);
                return true;
            }
            if (look >= limit) {
                failure = "http1.headers_too_large";
                return fail();
            }
            if (look == available) {
                return false;
            }
            look = Math.min(available, limit);
        }
        return false;
    }

    private static boolean isLineEnd(byte c) {
        return c == '\r' || c == '\n';
    }

    private int parseHead(byte[] a, int to) {
        int lineEnd = 0;
        while (lineEnd < to && a[lineEnd] != '\n') {
            lineEnd++;
        }
        if (lineEnd == to) {
            return HeadParser.INCOMPLETE;
        }
        int versionEnd = wordEnd(a, 0, lineEnd);
        int statusFrom = versionEnd;
        while (statusFrom < lineEnd && (a[statusFrom] & 255) <= ' ') {
            statusFrom++;
        }
        int statusEnd = wordEnd(a, statusFrom, lineEnd);
        int status = number(a, statusFrom, statusEnd);
        if (status < 0) {
            return HeadParser.FAILED;
        }
        HeaderMap headers = new HeaderMap();
        headers.add(HeaderNames.STATUS, StatusText.of(status, a, statusFrom, statusEnd));
        parser.begin(headers);
        int end = parser.parse(a, lineEnd + 1, to, false);
        if (end < 0) {
            failure = parser.failure;
            return end;
        }
        if (options.keyFormat() == KeyFormat.PRESERVE_CASE_AND_REASON) {
            keepReason(headers, Bytes.text(a, statusEnd, lineEnd).strip());
        }
        boolean http11 = versionEnd >= 8 && Bytes.equal("HTTP/1.1", a, 0, 8);
        return accept(headers, status, http11) ? end : HeadParser.FAILED;
    }

    private static void keepReason(HeaderMap headers, String reason) {
        WireForm form = headers.wireForm();
        if (form == null) {
            form = new WireForm();
            headers.wireForm(form);
        }
        form.reason(reason);
    }

    private static int wordEnd(byte[] a, int from, int to) {
        int i = from;
        while (i < to && (a[i] & 255) > ' ') {
            i++;
        }
        return i;
    }

    private static int number(byte[] a, int from, int to) {
        int value = 0;
        for (int i = from; i < to; i++) {
            int digit = a[i] - '0';
            if (digit < 0 || digit > 9 || value > 99_999) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return from == to ? -1 : value;
    }

    private boolean accept(HeaderMap headers, int status, boolean http11) {
        Http1ClientStream of = stream;
        ResponseReceiver to = receiver;
        if (of == null || to == null) {
            return false;
        }
        if ((status < 200 || status == 204) && !framingIsAbsent(headers)) {
            return false;
        }
        if (status >= 100 && status < 200 && status != 101) {
            to.onInformational(headers);
            return true;
        }
        if (parser.badContentLength() || !transferEncodingIsSound(headers)) {
            return false;
        }
        boolean raw = status == 101 && of.upgrade || of.connect && status >= 200 && status < 300;
        boolean end = !raw && beginBody(headers, status, of);
        if (raw) {
            body.begin(BodyReader.Kind.RAW, 0);
            if (parser.upgrade != null) {
                headers.add(HeaderNames.CONNECTION, parser.connection == null ? "Upgrade" : parser.connection);
                headers.add(HeaderNames.UPGRADE, parser.upgrade);
            }
        }
        if (!end && body.kind() == BodyReader.Kind.RAW
                || (http11 ? parser.connectionClose : !parser.connectionKeepAlive)) {
            last = true;
        }
        inBody = !end;
        responseComplete = end;
        to.onHeaders(headers, end);
        afterResponsePart();
        return true;
    }

    /** RFC 9110, 8.6: answers that cannot have a body say nothing about its length; a length of zero is forgiven. */
    private boolean framingIsAbsent(HeaderMap headers) {
        if (parser.hasTransferEncoding) {
            failure = "http1.transfer_encoding_not_allowed";
            return false;
        }
        String length = headers.get(HeaderNames.CONTENT_LENGTH);
        if (length == null) {
            return true;
        }
        if (!length.equals("0")) {
            failure = "http1.content_length_not_allowed";
            return false;
        }
        headers.remove(HeaderNames.CONTENT_LENGTH);
        parser.contentLength = -1;
        return true;
    }

    private boolean transferEncodingIsSound(HeaderMap headers) {
        if (!parser.hasTransferEncoding) {
            return true;
        }
        if (headers.contains(HeaderNames.CONTENT_LENGTH)) {
            if (!parser.chunked || !options.allowChunkedLength()) {
                failure = "http1.content_length_and_chunked_not_allowed";
                return false;
            }
            headers.remove(HeaderNames.CONTENT_LENGTH);
            parser.contentLength = -1;
        }
        if (!parser.chunked) {
            failure = "http1.invalid_transfer_encoding";
        }
        return parser.chunked;
    }

    /** Sets the body up; true when there is none. */
    private boolean beginBody(HeaderMap headers, int status, Http1ClientStream of) {
        if (of.head || status < 200 || status == 204 || status == 304) {
            body.begin(BodyReader.Kind.NONE, 0);
            return true;
        }
        if (parser.chunked) {
            body.begin(BodyReader.Kind.CHUNKED, 0);
            return false;
        }
        if (headers.contains(HeaderNames.CONTENT_LENGTH)) {
            body.begin(BodyReader.Kind.LENGTH, parser.contentLength);
            return parser.contentLength == 0;
        }
        body.begin(BodyReader.Kind.RAW, 0);
        return false;
    }

    @Override
    public void data(ByteBuf data, boolean end) {
        ResponseReceiver to = receiver;
        if (to == null) {
            data.release();
            return;
        }
        responseComplete |= end;
        to.onData(data, end);
        if (end) {
            afterResponsePart();
        }
    }

    @Override
    public void trailers(HeaderMap trailers) {
        ResponseReceiver to = receiver;
        responseComplete = true;
        if (to != null) {
            to.onTrailers(trailers);
            afterResponsePart();
        }
    }

    private void afterResponsePart() {
        if (responseComplete) {
            if (last) {
                listener.onGoAway();
            }
            endStreamWhenComplete();
        }
    }

    void endStreamWhenComplete() {
        Http1ClientStream of = stream;
        if (of != null && responseComplete && of.requestComplete) {
            stream = null;
            receiver = null;
            inBody = false;
            if (pauses > 0) {
                pauses = 0;
                out.setReading(true);
            }
            listener.onStreamEnd();
        }
    }

    /** The bytes were no answer. */
    private boolean fail() {
        dead = true;
        resetStream(ResetReason.PROTOCOL_ERROR, failure);
        return false;
    }

    private void resetStream(ResetReason reason, String details) {
        ResponseReceiver to = receiver;
        boolean had = stream != null;
        stream = null;
        receiver = null;
        listener.onGoAway();
        if (to != null) {
            to.onReset(reason, details);
        }
        if (had) {
            listener.onStreamEnd();
        }
    }

    private void endConnection() {
        dead = true;
        listener.onGoAway();
    }

    void onReset(Http1ClientStream reset) {
        if (reset != stream) {
            return;
        }
        stream = null;
        receiver = null;
        dead = true;
        listener.onGoAway();
        listener.onStreamEnd();
    }

    void pauseReading(boolean pause) {
        pauses += pause ? 1 : -1;
        if (pauses == (pause ? 1 : 0)) {
            out.setReading(!pause);
        }
    }

    MessageWriter writer() {
        return writer;
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
    public void onClosed(ResetReason reason, String details) {
        writer.close();
        if (pending != null) {
            pending.release();
            pending = null;
        }
        if (stream != null && !dead) {
            if (reason == ResetReason.CONNECTION_TERMINATION && inBody && body.endsWithConnection()) {
                responseComplete = true;
                stream.requestComplete = true;
                data(out.alloc().buffer(0, 0), true);
            } else {
                boolean cutOff = reason == ResetReason.CONNECTION_TERMINATION && responseBegun && !responseComplete;
                dead = true;
                resetStream(cutOff ? ResetReason.PROTOCOL_ERROR : reason, details);
            }
        }
        dead = true;
    }

    @Override
    public int activeStreams() {
        return stream == null ? 0 : 1;
    }

    @Override
    public String protocol() {
        return "HTTP/1.1";
    }
}
