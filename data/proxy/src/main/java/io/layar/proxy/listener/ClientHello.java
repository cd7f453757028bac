package io.layar.proxy.listener;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What the first bytes of a connection say about TLS.
 *
 * <p>Reads without moving the reader index; a hello may be spread over records and packets. Thread: any. Source: RFC 8446, 4.1.2 and RFC 6066.
 */
sealed interface ClientHello {
    record Incomplete() implements ClientHello {}

    record NotTls() implements ClientHello {}

    record TooLarge() implements ClientHello {}

    /** Shape: {@code serverName} lower case, empty without SNI; {@code protocols} in the client's order. */
    record Found(String serverName, List<String> protocols) implements ClientHello {}

    static ClientHello read(ByteBuf bytes) {
        int start = bytes.readerIndex();
        int available = bytes.readableBytes();
        if (available < 1) {
            return new Incomplete();
        }
        if (bytes.getByte(start) != 22 || (available > 1 && bytes.getByte(start + 1) != 3)) {
            return new NotTls();
        }
        // The handshake message without the record headers, as far as it has come.
        byte[] message = new byte[Math.min(available, TlsInspector.MAX_HELLO + 4)];
        int length = 0;
        int at = 0;
        while (at + 5 <= available) {
            int type = bytes.getByte(start + at);
            int size = bytes.getUnsignedShort(start + at + 3);
            if (type != 22 || size == 0 || size > 16384 + 256) {
                return new NotTls();
            }
            int here = Math.min(Math.min(size, available - at - 5), message.length - length);
            bytes.getBytes(start + at + 5, message, length, here);
            length += here;
            at += 5 + size;
            if (length >= 1 && message[0] != 1) {
                return new NotTls();
            }
            if (length >= 4) {
                int whole = ((message[1] & 0xff) << 16) | ((message[2] & 0xff) << 8) | (message[3] & 0xff);
                if (whole > TlsInspector.MAX_HELLO) {
                    return new TooLarge();
                }
                if (length >= 4 + whole) {
                    return body(message, 4, 4 + whole);
                }
            }
        }
        return available > TlsInspector.MAX_HELLO * 2 ? new TooLarge() : new Incomplete();
    }

    private static ClientHello body(byte[] m, int from, int end) {
        try {
            int at = from + 2 + 32;
            at += 1 + (m[at] & 0xff);
            at += 2 + u16(m, at, end);
            at += 1 + (m[at] & 0xff);
            if (at > end) {
                return new NotTls();
            }
            if (at == end) {
                return new Found("", List.of());
            }
            int extensionsEnd = at + 2 + u16(m, at, end);
            if (extensionsEnd > end) {
                return new NotTls();
            }
            return extensions(m, at + 2, extensionsEnd);
        } catch (IndexOutOfBoundsException e) {
            return new NotTls();
        }
    }

    private static ClientHello extensions(byte[] m, int from, int end) {
        String serverName = "";
        List<String> protocols = List.of();
        int at = from;
        while (at + 4 <= end) {
            int type = u16(m, at, end);
            int size = u16(m, at + 2, end);
            int body = at + 4;
            if (body + size > end) {
                return new NotTls();
            }
            if (type == 0) {
                serverName = serverName(m, body, body + size);
            } else if (type == 16) {
                protocols = protocols(m, body, body + size);
            }
            at = body + size;
        }
        return new Found(serverName, protocols);
    }

    private static String serverName(byte[] m, int from, int end) {
        int at = from + 2;
        while (at + 3 <= end) {
            int size = u16(m, at + 1, end);
            if (at + 3 + size > end) {
                return "";
            }
            if (m[at] == 0) {
                return new String(m, at + 3, size, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
            }
            at += 3 + size;
        }
        return "";
    }

    private static List<String> protocols(byte[] m, int from, int end) {
        List<String> protocols = new ArrayList<>();
        int at = from + 2;
        while (at < end) {
            int size = m[at] & 0xff;
            if (at + 1 + size > end) {
                break;
            }
            protocols.add(new String(m, at + 1, size, StandardCharsets.ISO_8859_1));
            at += 1 + size;
        }
        return protocols;
    }

    private static int u16(byte[] m, int at, int end) {
        if (at + 2 > end) {
            throw new IndexOutOfBoundsException(at);
        }
        return ((m[at] & 0xff) << 8) | (m[at + 1] & 0xff);
    }
}
