package io.layar.proxy.listener;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/**
 * Finds out whether plain bytes are HTTP/1.0, HTTP/1.1 or HTTP/2, for the choice by application protocol. Leaves TLS alone. Thread: event loop.
 *
 * <p>Source: Envoy's documentation of the HTTP inspector.
 */
final class HttpInspector implements ListenerFilter {
    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int MAX_LINE = 8 * 1024;
    private static final Set<String> METHODS = Set.of(
            "GET",
            "HEAD",
            "POST",
            "PUT",
            "DELETE",
            "CONNECT",
            "OPTIONS",
            "TRACE",
            "PATCH",
            "COPY",
            "LOCK",
            "MKCOL",
            "MOVE",
            "PROPFIND",
            "PROPPATCH",
            "SEARCH",
            "UNLOCK",
            "BIND",
            "REBIND",
            "UNBIND",
            "ACL",
            "REPORT",
            "MKACTIVITY",
            "CHECKOUT",
            "MERGE",
            "M-SEARCH",
            "NOTIFY",
            "SUBSCRIBE",
            "UNSUBSCRIBE",
            "PURGE",
            "MKCALENDAR",
            "LINK",
            "UNLINK");

    @Override
    public Outcome onAccept(AcceptedConnection connection) {
        return connection.transportProtocol().equals("tls") ? Outcome.DONE : Outcome.MORE;
    }

    @Override
    public Outcome onBytes(AcceptedConnection connection, ByteBuf bytes) {
        int start = bytes.readerIndex();
        int length = bytes.readableBytes();
        int same = 0;
        while (same < Math.min(length, PREFACE.length) && bytes.getByte(start + same) == PREFACE[same]) {
            same++;
        }
        if (same == PREFACE.length) {
            connection.applicationProtocols(List.of("h2c"));
            return Outcome.DONE;
        }
        if (same == length) {
            return Outcome.MORE;
        }
        return requestLine(connection, bytes, start, length);
    }

    private Outcome requestLine(AcceptedConnection connection, ByteBuf bytes, int start, int length) {
        int end = bytes.indexOf(start, start + length, (byte) '\n');
        String line =
                bytes.toString(start, Math.min(end < 0 ? length : end - start, MAX_LINE), StandardCharsets.ISO_8859_1);
        int space = line.indexOf(' ');
        String method = space < 0 ? line : line.substring(0, space);
        boolean known = space < 0 ? METHODS.stream().anyMatch(m -> m.startsWith(method)) : METHODS.contains(method);
        if (!known) {
            return Outcome.DONE;
        }
        if (end < 0) {
            return length > MAX_LINE ? Outcome.DONE : Outcome.MORE;
        }
        if (line.endsWith(" HTTP/1.1\r") || line.endsWith(" HTTP/1.1")) {
            connection.applicationProtocols(List.of("http/1.1"));
        } else if (line.endsWith(" HTTP/1.0\r") || line.endsWith(" HTTP/1.0")) {
            connection.applicationProtocols(List.of("http/1.0"));
        }
        return Outcome.DONE;
    }
}
