package io.layar.proxy.codec.http2;

import io.layar.proxy.codec.MessageReceiver;
import io.layar.proxy.codec.RequestReceiver;
import io.layar.proxy.codec.ResetReason;
import io.layar.proxy.codec.ResponseSender;
import io.layar.proxy.core.http.HeaderMap;
import io.layar.proxy.core.http.HeaderNames;
import org.jspecify.annotations.Nullable;

/** A request from a client and the answer to it. */
final class Http2ServerStream extends Http2Stream implements ResponseSender {
    @Nullable
    RequestReceiver receiver;

    boolean upgrade;

    Http2ServerStream(int id, Http2Connection connection) {
        super(id, connection);
    }

    @Override
    @Nullable
    MessageReceiver receiver() {
        return receiver;
    }

    @Override
    public void sendInformational(HeaderMap headers) {
        if (!dead && !localEnded) {
            connection.writer().headers(id, headers, false);
        }
    }

    @Override
    public void sendHeaders(HeaderMap headers, boolean endStream) {
        if (dead || localEnded) {
            return;
        }
        boolean switches = upgrade && "101".equals(headers.get(HeaderNames.STATUS));
        connection.writer().headers(id, switches ? UpgradeForms.responseToHttp2(headers) : headers, endStream);
        if (endStream) {
            endLocal();
        }
    }

    @Override
    ErrorCode resetCode(ResetReason reason) {
        return switch (reason) {
            case LOCAL_REFUSED_STREAM_RESET -> ErrorCode.REFUSED_STREAM;
            case CONNECT_ERROR -> ErrorCode.CONNECT_ERROR;
            case PROTOCOL_ERROR -> ErrorCode.PROTOCOL_ERROR;
            // An answer that is complete while the request is not: the client may stop sending without it being a
            // failure.
            default -> localEnded ? ErrorCode.NO_ERROR : ErrorCode.INTERNAL_ERROR;
        };
    }
}
