package io.layar.proxy.codec.http1;

import io.layar.proxy.codec.ResetReason;
import io.layar.proxy.codec.ResponseSender;
import io.layar.proxy.core.http.HeaderMap;
import io.layar.proxy.core.http.HeaderNames;
import io.layar.proxy.core.http.WireForm;
import io.netty.buffer.ByteBuf;

/** The answer to one request. Thread: event loop of the connection. */
final class Http1ServerStream implements ResponseSender {
    private final Http1ServerConnection connection;
    private final String method;
    private boolean bodyless;
    boolean remoteComplete;
    private boolean over;

    Http1ServerStream(Http1ServerConnection connection, String method) {
        this.connection = connection;
        this.method = method;
    }

    @Override
    public void sendInformational(HeaderMap headers) {
        MessageWriter writer = connection.writer();
        writer.begin(StatusLine.of(status(headers), connection.http10(), null));
        writer.headers(headers);
        writer.endHead(false);
        writer.flushLater();
    }

    @Override
    public void sendHeaders(HeaderMap headers, boolean endStream) {
        int status = status(headers);
        boolean head = method.equals("HEAD");
        WireForm form = headers.wireForm();
        String reason = form == null ? null : form.reason();
        MessageWriter writer = connection.writer();
        writer.begin(StatusLine.of(status, connection.http10(), reason));
        writer.headers(headers);
        boolean chunked = false;
        bodyless = head || status == 204 || status == 304;
        if (!headers.contains(HeaderNames.CONTENT_LENGTH) && !rawAnswer(headers, status)) {
            if (endStream && !head) {
                if (status >= 200 && status != 204 && status != 304) {
                    writer.header(HeaderNames.CONTENT_LENGTH, "0", form);
                }
            } else if (!endStream && !connection.http10() && status >= 200 && status != 204) {
                writer.header(HeaderNames.TRANSFER_ENCODING, "chunked", form);
                chunked = !bodyless;
            }
        }
        writer.endHead(chunked);
        if (endStream) {
            end();
        } else {
            writer.flushLater();
        }
    }

    /** After a switch of protocols bytes follow as they are. */
    private boolean rawAnswer(HeaderMap headers, int status) {
        return status == 101 && headers.contains(HeaderNames.UPGRADE)
                || method.equals("CONNECT") && status >= 200 && status < 300;
    }

    private static int status(HeaderMap headers) {
        String text = headers.get(HeaderNames.STATUS);
        int status = 0;
        for (int i = 0; text != null && i < text.length(); i++) {
            status = status * 10 + (text.charAt(i) - '0');
        }
        return status;
    }

    @Override
    public void sendData(ByteBuf data, boolean endStream) {
        if (bodyless) {
            data.release();
        } else {
            connection.writer().data(data);
        }
        if (endStream) {
            end();
        }
    }

    @Override
    public void sendTrailers(HeaderMap trailers) {
        connection.writer().trailers(trailers);
        over();
    }

    private void end() {
        connection.writer().end();
        over();
    }

    private void over() {
        if (!over) {
            over = true;
            connection.onResponseEnd(this);
        }
    }

    @Override
    public void reset(ResetReason reason) {
        over = true;
        connection.onReset(this);
    }

    @Override
    public void pauseReading(boolean pause) {
        if (!over) {
            connection.pauseReading(pause);
        }
    }

    @Override
    public boolean isWritable() {
        return connection.writer().isWritable();
    }
}
