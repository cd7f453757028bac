package io.layar.proxy.codec.http2;

import io.layar.proxy.codec.MessageReceiver;
import io.layar.proxy.codec.RequestSender;
import io.layar.proxy.codec.ResetReason;
import io.layar.proxy.codec.ResponseReceiver;
import io.layar.proxy.core.http.HeaderMap;
import io.layar.proxy.core.http.HeaderNames;
import org.jspecify.annotations.Nullable;

/** A request to a server and the answer that is awaited. */
final class Http2ClientStream extends Http2Stream implements RequestSender {
    private final ResponseReceiver receiver;
    boolean head;

    @Nullable
    String upgradeProtocol;

    Http2ClientStream(int id, Http2Connection connection, ResponseReceiver receiver) {
        super(id, connection);
        this.receiver = receiver;
    }

    @Override
    MessageReceiver receiver() {
        return receiver;
    }

    ResponseReceiver responseReceiver() {
        return receiver;
    }

    @Override
    public void sendHeaders(HeaderMap headers, boolean endStream) {
        if (dead || localEnded) {
            return;
        }
        head = "HEAD".equals(headers.get(HeaderNames.METHOD));
        HeaderMap sent = headers;
        if (UpgradeForms.isUpgrade(headers)) {
            upgradeProtocol = headers.get(HeaderNames.UPGRADE);
            sent = UpgradeForms.requestToHttp2(headers);
        }
        connection.writer().headers(id, sent, endStream);
        if (endStream) {
            endLocal();
        }
    }

    @Override
    ErrorCode resetCode(ResetReason reason) {
        return switch (reason) {
            case LOCAL_REFUSED_STREAM_RESET -> ErrorCode.REFUSED_STREAM;
            case PROTOCOL_ERROR -> ErrorCode.PROTOCOL_ERROR;
            default -> remoteEnded ? ErrorCode.NO_ERROR : ErrorCode.CANCEL;
        };
    }
}
