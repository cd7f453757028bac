package io.layar.proxy.codec.http2;

import io.layar.proxy.codec.ClientConnection;
import io.layar.proxy.codec.ClientConnectionListener;
import io.layar.proxy.codec.ConnectionOutput;
import io.layar.proxy.codec.RequestSender;
import io.layar.proxy.codec.ResetReason;
import io.layar.proxy.codec.ResponseReceiver;
import io.layar.proxy.core.http.HeaderMap;
import io.layar.proxy.core.http.HeaderNames;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The client side of an HTTP/2 connection. Thread: event loop of the connection. Source: RFC 9113. */
public final class Http2ClientConnection extends Http2Connection implements ClientConnection {
    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int LAST_STREAM = Integer.MAX_VALUE - 2;

    private final ClientConnectionListener listener;
    private final HeaderBlocks blocks = new HeaderBlocks(this);
    private final HpackDecoder decoder;
    private int nextStream = 1;
    private boolean goneAway;

    public Http2ClientConnection(ConnectionOutput out, ClientConnectionListener listener, Http2Options options) {
        super(out, options);
        this.listener = listener;
        this.decoder = new HpackDecoder(options.headerTableSize());
        writer().bytes(PREFACE);
        writer().settings(
                        Frames.SETTINGS_HEADER_TABLE_SIZE, options.headerTableSize(),
                        Frames.SETTINGS_ENABLE_PUSH, 0,
                        Frames.SETTINGS_INITIAL_WINDOW_SIZE, options.streamWindow());
        announceWindow();
    }

    @Override
    public RequestSender newStream(ResponseReceiver receiver) {
        Http2ClientStream stream = new Http2ClientStream(nextStream, this, receiver);
        nextStream += 2;
        open(stream);
        if (nextStream >= LAST_STREAM && !goneAway) {
            goneAway = true;
            listener.onGoAway();
        }
        return stream;
    }

    @Override
    public void onBytes(ByteBuf data) {
        if (isDead()) {
            data.release();
            return;
        }
        readFrames(data);
    }

    @Override
    HeaderBlocks headerBlocks() {
        return blocks;
    }

    @Override
    void onHeaderBlock(int id, byte[] block, int from, int to, boolean endStream) {
        Http2ClientStream stream = (Http2ClientStream) stream(id);
        boolean trailers = stream != null && stream.headersSeen;
        MessageHeaders.Kind kind = trailers ? MessageHeaders.Kind.TRAILERS : MessageHeaders.Kind.RESPONSE;
        MessageHeaders message = new MessageHeaders(kind, options());
        if (!decoder.decode(block, from, to, message)) {
            onFault(ErrorCode.COMPRESSION_ERROR, "broken header block");
        } else if (stream == null) {
            if (isIdle(id)) {
                onFault(ErrorCode.PROTOCOL_ERROR, "HEADERS of an idle stream");
            }
        } else if (message.isTooLarge() || message.fault() != null || stream.remoteEnded) {
            streamError(id, ErrorCode.PROTOCOL_ERROR);
        } else if (trailers) {
            onTrailers(stream, message.headers(), endStream);
        } else {
            onResponse(stream, message.headers(), endStream);
        }
    }

    private void onResponse(Http2ClientStream stream, HeaderMap headers, boolean endStream) {
        int status = status(headers.get(HeaderNames.STATUS));
        long length = HeaderRules.contentLength(headers);
        boolean informational = status >= 100 && status < 200;
        if (status < 100 || status == 101 || length == -2 || informational && endStream) {
            streamError(stream.id, ErrorCode.PROTOCOL_ERROR);
            return;
        }
        if (informational) {
            stream.responseReceiver().onInformational(headers);
            return;
        }
        boolean bodiless = stream.head || status == 204 || status == 304;
        if (endStream && length > 0 && !bodiless) {
            streamError(stream.id, ErrorCode.PROTOCOL_ERROR);
            return;
        }
        stream.headersSeen = true;
        stream.lengthLeft = bodiless ? -1 : length;
        if (stream.upgradeProtocol != null) {
            UpgradeForms.responseToHttp1(headers, stream.upgradeProtocol);
        }
        stream.remoteEnded = endStream;
        stream.responseReceiver().onHeaders(headers, endStream);
        completeIfEnded(stream);
    }

    private static int status(@Nullable String text) {
        if (text == null || text.length() != 3) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < 3; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value;
    }

    private void onTrailers(Http2ClientStream stream, HeaderMap trailers, boolean endStream) {
        if (!endStream || stream.lengthLeft > 0) {
            streamError(stream.id, ErrorCode.PROTOCOL_ERROR);
            return;
        }
        stream.remoteEnded = true;
        stream.responseReceiver().onTrailers(trailers);
        completeIfEnded(stream);
    }

    private void completeIfEnded(Http2ClientStream stream) {
        if (!stream.dead && stream.remoteEnded && stream.localEnded) {
            onStreamComplete(stream);
        }
    }

    @Override
    boolean isIdle(int stream) {
        return stream >= nextStream || (stream & 1) == 0;
    }

    @Override
    int lastPeerStream() {
        return 0;
    }

    @Override
    void onPeerSetting(int id, int value) {
        if (id == Frames.SETTINGS_MAX_CONCURRENT_STREAMS) {
            listener.onMaxConcurrentStreams(value < 0 ? Integer.MAX_VALUE : value);
        }
    }

    @Override
    void onPeerGoAway(int lastStream, long code) {
        if (!goneAway) {
            goneAway = true;
            listener.onGoAway();
        }
        for (Http2Stream stream : openStreams()) {
            if (stream.id > lastStream && !stream.dead) {
                onStreamComplete(stream);
                ((Http2ClientStream) stream)
                        .responseReceiver()
                        .onReset(ResetReason.REMOTE_REFUSED_STREAM_RESET, "http2.goaway");
            }
        }
    }

    @Override
    void onStreamGone(Http2Stream stream) {
        listener.onStreamEnd();
    }

    @Override
    void onBroken(String details) {
        listener.onProtocolError(details);
    }

    @Override
    public void onReadComplete() {
        // Everything written leaves by the flush that its frame asked for.
    }

    @Override
    public void onChannelWritabilityChanged(boolean writable) {
        outputWritability(writable);
    }

    @Override
    public void onClosed(ResetReason reason, String details) {
        end(reason, details);
    }

    @Override
    public int activeStreams() {
        return streamCount();
    }

    @Override
    public String protocol() {
        return "HTTP/2";
    }
}
