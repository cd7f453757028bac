package io.layar.proxy.codec.http2;

import io.layar.proxy.core.http.HeaderNames;

/**
 * The static table of HPACK, and a dynamic one behind it. Index 1..61 is static; 62 is the newest dynamic entry.
 * Units: sizes count an entry as its name, its value and 32. Source: RFC 7541, sections 2.3, 4 and appendix A.
 */
final class HpackTable {
    static final int STATIC_SIZE = 61;
    static final int ENTRY_OVERHEAD = 32;

    private static final String[] NAMES = new String[STATIC_SIZE + 1];
    private static final String[] VALUES = new String[STATIC_SIZE + 1];

    static {
        String[] lines = {
            HeaderNames.AUTHORITY,
            HeaderNames.METHOD + " GET",
            HeaderNames.METHOD + " POST",
            HeaderNames.PATH + " /",
            HeaderNames.PATH + " /index.html",
            HeaderNames.SCHEME + " http",
            HeaderNames.SCHEME + " https",
            HeaderNames.STATUS + " 200",
            HeaderNames.STATUS + " 204",
            HeaderNames.STATUS + " 206",
            HeaderNames.STATUS + " 304",
            HeaderNames.STATUS + " 400",
            HeaderNames.STATUS + " 404",
            HeaderNames.STATUS + " 500",
            "accept-charset",
            "accept-encoding gzip, deflate",
            "accept-language",
            "accept-ranges",
            "accept",
            "access-control-allow-origin",
            "age",
            "allow",
            "authorization",
            "cache-control",
            "content-disposition",
            "content-encoding",
            "content-language",
            "content-length",
            "content-location",
            "content-range",
            "content-type",
            "cookie",
            "date",
            "etag",
            "expect",
            "expires",
            "from",
            "host",
            "if-match",
            "if-modified-since",
            "if-none-match",
            "if-range",
            "if-unmodified-since",
            "last-modified",
            "link",
            "location",
            "max-forwards",
            "proxy-authenticate",
            "proxy-authorization",
            "range",
            "referer",
            "refresh",
            "retry-after",
            "server",
            "set-cookie",
            "strict-transport-security",
            "transfer-encoding",
            "user-agent",
            "vary",
            "via",
            "www-authenticate",
        };
        for (int i = 0; i < STATIC_SIZE; i++) {
            int space = lines[i].indexOf(' ');
            String name = space < 0 ? lines[i] : lines[i].substring(0, space);
            NAMES[i + 1] = name.intern();
            VALUES[i + 1] = space < 0 ? "" : lines[i].substring(space + 1).intern();
        }
    }

    private String[] names = new String[64];
    private String[] values = new String[64];
    private int newest = -1;
    private int count;
    private int size;
    private int capacity;

    HpackTable(int capacity) {
        this.capacity = capacity;
    }

    /** Entries that can be referred to: 1..length(). */
    int length() {
        return STATIC_SIZE + count;
    }

    String name(int index) {
        return index <= STATIC_SIZE ? NAMES[index] : names[slot(index)];
    }

    String value(int index) {
        return index <= STATIC_SIZE ? VALUES[index] : values[slot(index)];
    }

    private int slot(int index) {
        return newest - (index - STATIC_SIZE - 1) & names.length - 1;
    }

    /** Adds an entry as the newest one, dropping old ones for it; one that is too large empties the table. */
    void add(String name, String value) {
        int entry = name.length() + value.length() + ENTRY_OVERHEAD;
        shrinkTo(capacity - entry);
        if (entry > capacity) {
            return;
        }
        if (count == names.length) {
            grow();
        }
        newest = newest + 1 & names.length - 1;
        names[newest] = name;
        values[newest] = value;
        count++;
        size += entry;
    }

    void setCapacity(int capacity) {
        this.capacity = capacity;
        shrinkTo(capacity);
    }

    int capacity() {
        return capacity;
    }

    int dynamicCount() {
        return count;
    }

    private void shrinkTo(int limit) {
        while (count > 0 && size > limit) {
            int oldest = newest - count + 1 & names.length - 1;
            size -= names[oldest].length() + values[oldest].length() + ENTRY_OVERHEAD;
            names[oldest] = "";
            values[oldest] = "";
            count--;
        }
    }

    private void grow() {
        String[] nextNames = new String[names.length << 1];
        String[] nextValues = new String[names.length << 1];
        for (int i = 0; i < count; i++) {
            int from = newest - count + 1 + i & names.length - 1;
            nextNames[i] = names[from];
            nextValues[i] = values[from];
        }
        names = nextNames;
        values = nextValues;
        newest = count - 1;
    }
}
