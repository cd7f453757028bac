package io.layar.proxy.codec.http2;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads header blocks. A block that breaks HPACK's rules ends the connection, as both sides' tables differ from then on.
 * Thread: event loop of the connection. Source: RFC 7541.
 */
final class HpackDecoder {
    private static final int LARGEST_INTEGER = 1 << 24;

    private final HpackTable table;
    private final int settingsCapacity;
    private final byte[] oneByte = new byte[1];
    private byte[] text = new byte[256];

    private byte[] in = oneByte;
    private int at;
    private int end;
    private boolean failed;

    /** {@code capacity}: what our SETTINGS_HEADER_TABLE_SIZE allows the peer. */
    HpackDecoder(int capacity) {
        this.settingsCapacity = capacity;
        this.table = new HpackTable(capacity);
    }

    /** Reads the block in {@code bytes[from, to)}; false when it is broken. */
    boolean decode(byte[] bytes, int from, int to, HeaderSink sink) {
        in = bytes;
        at = from;
        end = to;
        failed = false;
        boolean first = true;
        while (at < end && !failed) {
            int b = in[at];
            if (b < 0) {
                indexed(sink);
                first = false;
            } else if ((b & 0x40) != 0) {
                literal(6, true, sink);
                first = false;
            } else if ((b & 0x20) != 0) {
                resize(first);
            } else {
                literal(4, false, sink);
                first = false;
            }
        }
        in = oneByte;
        return !failed;
    }

    private void indexed(HeaderSink sink) {
        int index = integer(7);
        if (failed || index == 0 || index > table.length()) {
            failed = true;
            return;
        }
        sink.line(table.name(index), table.value(index));
    }

    private void literal(int prefix, boolean remember, HeaderSink sink) {
        int index = integer(prefix);
        if (failed || index > table.length()) {
            failed = true;
            return;
        }
        String name = index == 0 ? HeaderNameCache.canonical(string()) : table.name(index);
        String value = failed ? "" : string();
        if (failed) {
            return;
        }
        if (remember) {
            table.add(name, value);
        }
        sink.line(name, value);
    }

    private void resize(boolean first) {
        int capacity = integer(5);
        if (!first || failed || capacity > settingsCapacity) {
            failed = true;
            return;
        }
        table.setCapacity(capacity);
    }

    private int integer(int prefix) {
        int mask = (1 << prefix) - 1;
        int value = in[at++] & mask;
        if (value < mask) {
            return value;
        }
        int shift = 0;
        while (at < end) {
            int b = in[at++];
            value += (b & 0x7f) << shift;
            if (b >= 0) {
                return value;
            }
            shift += 7;
            if (shift > 21 || value > LARGEST_INTEGER) {
                break;
            }
        }
        failed = true;
        return 0;
    }

    private String string() {
        if (at >= end) {
            failed = true;
            return "";
        }
        boolean huffman = in[at] < 0;
        int length = integer(7);
        if (failed || length > end - at) {
            failed = true;
            return "";
        }
        int from = at;
        at += length;
        if (!huffman) {
            return new String(in, from, length, StandardCharsets.ISO_8859_1);
        }
        int most = length * 8 / 5 + 1;
        if (text.length < most) {
            text = Arrays.copyOf(text, Math.max(most, text.length << 1));
        }
        int decoded = HuffmanCode.decode(in, from, length, text);
        if (decoded < 0) {
            failed = true;
            return "";
        }
        return new String(text, 0, decoded, StandardCharsets.ISO_8859_1);
    }
}
