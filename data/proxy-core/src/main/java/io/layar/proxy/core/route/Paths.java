package io.layar.proxy.core.route;

import org.jspecify.annotations.Nullable;

/** Parts of a {@code :path} value. */
public final class Paths {
    private Paths() {}

    /** The path without query and fragment; the same instance when there is none. */
    public static String withoutQuery(String path) {
        int end = end(path);
        return end == path.length() ? path : path.substring(0, end);
    }

    /** Where the path proper ends: the first {@code ?} or {@code #}, or the length. */
    static int end(String path) {
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c == '?' || c == '#') {
                return i;
            }
        }
        return path.length();
    }

    /** The raw value of the first query parameter of that name, empty without {@code =}, null when there is none. */
    public static @Nullable String queryParameter(String path, String name) {
        int from = path.indexOf('?') + 1;
        if (from == 0) {
            return null;
        }
        int hash = path.indexOf('#', from);
        int end = hash < 0 ? path.length() : hash;
        while (from <= end) {
            int amp = path.indexOf('&', from);
            int to = amp < 0 || amp > end ? end : amp;
            int after = from + name.length();
            if (path.startsWith(name, from) && after <= to) {
                if (after == to) {
                    return "";
                }
                if (path.charAt(after) == '=') {
                    return path.substring(after + 1, to);
                }
            }
            from = to + 1;
        }
        return null;
    }

    /** Where the port of an authority begins (its colon), or -1. A bracketed IPv6 address without port has none. */
    public static int portStart(String authority) {
        int colon = authority.lastIndexOf(':');
        if (colon < 0 || authority.endsWith("]")) {
            return -1;
        }
        for (int i = colon + 1; i < authority.length(); i++) {
            if (authority.charAt(i) < '0' || authority.charAt(i) > '9') {
                return -1;
            }
        }
        // An unbracketed address with several colons is an IPv6 address, not a host with a port.
        return authority.charAt(0) != '[' && authority.indexOf(':') != colon ? -1 : colon;
    }
}
