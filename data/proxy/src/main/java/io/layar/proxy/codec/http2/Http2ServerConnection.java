package io.layar.proxy.codec.http2;

import io.layar.proxy.codec.ConnectionOutput;
import io.layar.proxy.codec.RequestReceiver;
import io.layar.proxy.codec.ResetReason;
import io.layar.proxy.codec.ServerConnection;
import io.layar.proxy.codec.ServerConnectionListener;
import io.layar.proxy.core.http.HeaderMap;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/** The server side of an HTTP/2 connection. Thread: event loop of the connection. Source: RFC 9113. */
public final class Http2ServerConnection extends Http2Connection implements ServerConnection {
    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final ServerConnectionListener listener;
    private final HeaderBlocks blocks = new HeaderBlocks(this);
    private final HpackDecoder decoder;
    private int prefaceSeen;
    private int lastStream;
    private boolean goneAway;

    public Http2ServerConnection(ConnectionOutput out, ServerConnectionListener listener, Http2Options options) {
        super(out, options);
        this.listener = listener;
        this.decoder = new HpackDecoder(options.headerTableSize());
        writer().settings(
                        Frames.SETTINGS_HEADER_TABLE_SIZE, options.headerTableSize(),
                        Frames.SETTINGS_ENABLE_CONNECT_PROTOCOL, options.allowConnect() ? 1 : 0,
                        Frames.SETTINGS_MAX_CONCURRENT_STREAMS, options.maxConcurrentStreams(),
                        Frames.SETTINGS_INITIAL_WINDOW_SIZE, options.streamWindow());
        announceWindow();
    }

    @Override
    public void onBytes(ByteBuf data) {
        if (isDead()) {
            data.release();
            return;
        }
        while (prefaceSeen < PREFACE.length && data.isReadable()) {
            if (data.readByte() != PREFACE[prefaceSeen++]) {
                data.release();
                onFault(ErrorCode.PROTOCOL_ERROR, "no HTTP/2 preface");
                return;
            }
        }
        readFrames(data);
    }

    @Override
    HeaderBlocks headerBlocks() {
        return blocks;
    }

    @Override
    void onHeaderBlock(int id, byte[] block, int from, int to, boolean endStream) {
        boolean trailers = stream(id) != null;
        MessageHeaders.Kind kind = trailers ? MessageHeaders.Kind.TRAILERS : MessageHeaders.Kind.REQUEST;
        MessageHeaders message = new MessageHeaders(kind, options());
        if (!decoder.decode(block, from, to, message)) {
            onFault(ErrorCode.COMPRESSION_ERROR, "broken header block");
            return;
        }
        if (trailers) {
            onTrailers((Http2ServerStream) stream(id), message, endStream);
        } else if ((id & 1) == 0) {
            onFault(ErrorCode.PROTOCOL_ERROR, "even stream number from a client");
        } else if (id <= lastStream) {
            if (!wasResetByUs(id)) {
                onFault(ErrorCode.STREAM_CLOSED, "HEADERS of a closed stream");
            }
        } else {
            lastStream = id;
            onRequest(id, message, endStream);
        }
    }

    private void onRequest(int id, MessageHeaders message, boolean endStream) {
        if (goneAway) {
            return;
        }
        if (streamCount() >= options().maxConcurrentStreams()) {
            streamError(id, ErrorCode.REFUSED_STREAM);
            return;
        }
        if (message.isTooLarge()) {
            streamError(id, ErrorCode.INTERNAL_ERROR);
            return;
        }
        Http2ServerStream stream = new Http2ServerStream(id, this);
        open(stream);
        HeaderMap headers = message.headers();
        String fault = message.fault() != null ? message.fault() : HeaderRules.requestFault(headers);
        long length = HeaderRules.contentLength(headers);
        if (fault != null || length == -2 || endStream && length > 0) {
            malformed(stream, fault != null ? fault : "content-length without its body");
            return;
        }
        stream.headersSeen = true;
        stream.lengthLeft = length;
        stream.remoteEnded = endStream;
        if (UpgradeForms.isExtendedConnect(headers)) {
            if (!options().allowConnect()) {
                malformed(stream, "extended CONNECT was not offered");
                return;
            }
            stream.upgrade = true;
            UpgradeForms.requestToHttp1(headers);
        }
        RequestReceiver receiver = listener.onNewStream(stream);
        stream.receiver = receiver;
        if (!stream.dead) {
            receiver.onHeaders(headers, endStream);
        }
    }

    private void onTrailers(
            @org.jspecify.annotations.Nullable Http2ServerStream stream, MessageHeaders message, boolean endStream) {
        if (stream == null) {
            return;
        }
        if (stream.remoteEnded) {
            streamError(stream.id, ErrorCode.STREAM_CLOSED);
        } else if (!endStream || message.fault() != null || stream.lengthLeft > 0) {
            malformed(stream, endStream ? "malformed trailers" : "HEADERS inside of a message");
        } else if (message.isTooLarge()) {
            streamError(stream.id, ErrorCode.INTERNAL_ERROR);
        } else if (stream.receiver != null) {
            stream.remoteEnded = true;
            stream.receiver.onTrailers(message.headers());
            if (!stream.dead && stream.localEnded) {
                onStreamComplete(stream);
            }
        }
    }

    @Override
    boolean isIdle(int stream) {
        return stream > lastStream || (stream & 1) == 0;
    }

    @Override
    int lastPeerStream() {
        return lastStream;
    }

    @Override
    void onPeerGoAway(int lastStream, long code) {
        listener.onGoAway();
    }

    @Override
    void onStreamGone(Http2Stream stream) {
        // The connection manager knows its streams itself.
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
    public void onClosed(String details) {
        end(ResetReason.CONNECTION_TERMINATION, details);
    }

    @Override
    public void refuseRequest(int status, String details) {
        if (blocks.isOpen()) {
            onFault(ErrorCode.ENHANCE_YOUR_CALM, details);
        }
    }

    @Override
    public void shutdownNotice() {
        if (!goneAway) {
            writer().goAway(Integer.MAX_VALUE, ErrorCode.NO_ERROR);
        }
    }

    @Override
    public void goAway() {
        if (!goneAway) {
            goneAway = true;
            writer().goAway(lastStream, ErrorCode.NO_ERROR);
        }
    }

    @Override
    public boolean peerWantsClose() {
        return false;
    }

    @Override
    public String protocol() {
        return "HTTP/2";
    }
}
