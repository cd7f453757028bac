package io.layar.proxy.codec.http2;

import io.layar.proxy.core.http.HeaderNames;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Writes header lines. Values that come again are put into the dynamic table; those that hardly do (lengths, times, ids, paths
 * with queries) are written as they are. Texts are not Huffman coded: a few bytes more, and no work on either side.
 * Thread: event loop of the connection. Source: RFC 7541.
 */
final class HpackEncoder {
    private static final int LONGEST_INDEXED_VALUE = 256;
    private static final int BUCKETS = 128;

    private static final int STATUS_OK = 8;
    private static final HpackTable STATIC = new HpackTable(0);

    /** Name to the first static index with it. */
    private static final Map<String, Integer> STATIC_NAMES = staticNames();

    private final HpackTable table;
    /** Insertion number of the newest entry in each bucket (0: none); the index follows from how many came after it. */
    private final int[] buckets = new int[BUCKETS];

    private final int ownLimit;
    private int inserted;
    private int announce = -1;

    /** {@code capacity}: the most that we keep for the peer's table. */
    HpackEncoder(int capacity) {
        this.ownLimit = capacity;
        this.table = new HpackTable(capacity);
    }

    private static Map<String, Integer> staticNames() {
        Map<String, Integer> names = new HashMap<>();
        for (int i = 1; i <= HpackTable.STATIC_SIZE; i++) {
            names.putIfAbsent(STATIC.name(i), i);
        }
        return names;
    }

    /** The peer's SETTINGS_HEADER_TABLE_SIZE; takes effect with the next block. */
    void setPeerLimit(int limit) {
        int capacity = Math.min(limit, ownLimit);
        if (capacity != table.capacity()) {
            table.setCapacity(capacity);
            Arrays.fill(buckets, 0);
            announce = capacity;
        }
    }

    /** Must be called before the first line of a block. */
    void begin(BlockBuffer out) {
        if (announce >= 0) {
            out.integer(0x20, 5, announce);
            announce = -1;
        }
    }

    void line(BlockBuffer out, String name, String value) {
        if (name == HeaderNames.STATUS && value.equals("200")) {
            out.integer(0x80, 7, STATUS_OK);
            return;
        }
        if (!comesAgain(name, value)) {
            literal(out, 0, 4, name, value);
            return;
        }
        Integer fixed = STATIC_NAMES.get(name);
        int exact = fixed == null ? 0 : staticMatch(fixed, name, value);
        if (exact > 0) {
            out.integer(0x80, 7, exact);
            return;
        }
        int bucket = bucket(name, value);
        int index = indexOf(bucket, name, value);
        if (index > 0) {
            out.integer(0x80, 7, index);
            return;
        }
        literal(out, 0x40, 6, name, value);
        table.add(name, value);
        buckets[bucket] = ++inserted;
    }

    private static int staticMatch(int first, String name, String value) {
        for (int i = first; i <= HpackTable.STATIC_SIZE && STATIC.name(i).equals(name); i++) {
            if (STATIC.value(i).equals(value) && !value.isEmpty()) {
                return i;
            }
        }
        return 0;
    }

    private int bucket(String name, String value) {
        int hash = name.hashCode() * 31 + value.hashCode();
        return (hash ^ hash >>> 16) & BUCKETS - 1;
    }

    private int indexOf(int bucket, String name, String value) {
        int number = buckets[bucket];
        int age = inserted - number;
        if (number == 0 || age >= table.dynamicCount()) {
            return 0;
        }
        int index = HpackTable.STATIC_SIZE + 1 + age;
        return table.value(index).equals(value) && table.name(index).equals(name) ? index : 0;
    }

    /** Lines worth a place in the table. */
    private static boolean comesAgain(String name, String value) {
        if (value.length() > LONGEST_INDEXED_VALUE) {
            return false;
        }
        return switch (name) {
            case "content-length",
                    "x-request-id",
                    "x-envoy-upstream-service-time",
                    "etag",
                    "date",
                    "traceparent",
                    "x-envoy-expected-rq-timeout-ms",
                    "if-none-match",
                    "location",
                    "set-cookie",
                    "authorization",
                    "grpc-message",
                    "grpc-timeout" -> false;
            case ":path" -> value.indexOf('?') < 0;
            default -> true;
        };
    }

    private void literal(BlockBuffer out, int bits, int prefix, String name, String value) {
        Integer index = STATIC_NAMES.get(name);
        if (index != null) {
            out.integer(bits, prefix, index);
        } else {
            out.integer(bits, prefix, 0);
            out.text(name);
        }
        out.text(value);
    }
}
