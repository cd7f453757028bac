package io.layar.proxy.codec.http1;

import io.layar.proxy.codec.RequestSender;
import io.layar.proxy.codec.ResetReason;
import io.layar.proxy.core.http.HeaderMap;
import io.layar.proxy.core.http.HeaderNames;
import io.layar.proxy.core.http.WireForm;
import io.netty.buffer.ByteBuf;

/** One request on an upstream connection. Thread: event loop of the connection. */
final class Http1ClientStream implements RequestSender {
    private static final String VERSION = " HTTP/1.1\r\n";

    private final Http1ClientConnection connection;
    boolean head;
    boolean connect;
    boolean upgrade;
    boolean requestComplete;
    private boolean over;

    Http1ClientStream(Http1ClientConnection connection) {
        this.connection = connection;
    }

    @Override
    public void sendHeaders(HeaderMap headers, boolean endStream) {
        String method = text(headers, HeaderNames.METHOD);
        connect = method.equals("CONNECT");
        head = method.equals("HEAD");
        upgrade = headers.contains(HeaderNames.UPGRADE) && headers.contains(HeaderNames.CONNECTION);
        WireForm form = headers.wireForm();
        MessageWriter writer = connection.writer();
        writer.begin(method).more(" ");
        writer.more(text(headers, connect ? HeaderNames.AUTHORITY : HeaderNames.PATH))
                .more(VERSION);
        writer.headers(headers);
        boolean chunked = false;
        if (!headers.contains(HeaderNames.CONTENT_LENGTH) && !connect && !upgrade) {
            if (!endStream) {
                writer.header(HeaderNames.TRANSFER_ENCODING, "chunked", form);
                chunked = true;
            } else if (bodyIsUsual(method)) {
                writer.header(HeaderNames.CONTENT_LENGTH, "0", form);
            }
        }
        writer.endHead(chunked);
        if (endStream) {
            end();
        } else {
            writer.flushLater();
        }
    }

    /** Methods whose requests say so when they have no body. */
    private static boolean bodyIsUsual(String method) {
        return switch (method) {
            case "GET", "HEAD", "DELETE", "TRACE", "CONNECT" -> false;
            default -> true;
        };
    }

    private static String text(HeaderMap headers, String name) {
        String value = headers.get(name);
        return value == null ? "" : value;
    }

    @Override
    public void sendData(ByteBuf data, boolean endStream) {
        connection.writer().data(data);
        if (endStream) {
            end();
        }
    }

    @Override
    public void sendTrailers(HeaderMap trailers) {
        connection.writer().trailers(trailers);
        complete();
    }

    private void end() {
        connection.writer().end();
        complete();
    }

    private void complete() {
        requestComplete = true;
        connection.endStreamWhenComplete();
    }

    @Override
    public void reset(ResetReason reason) {
        if (!over) {
            over = true;
            connection.onReset(this);
        }
    }

    @Override
    public void pauseReading(boolean pause) {
        connection.pauseReading(pause);
    }

    @Override
    public boolean isWritable() {
        return connection.writer().isWritable();
    }
}
