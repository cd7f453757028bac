package io.layar.proxy.upstream;

import org.jspecify.annotations.Nullable;

/** Server names taken from a request's authority. */
final class ServerNames {
    private ServerNames() {}

    /** The host of an authority, without port and brackets. */
    static String of(String authority) {
        if (authority.startsWith("[")) {
            int end = authority.indexOf(']');
            return end < 0 ? authority : authority.substring(1, end);
        }
        int colon = authority.lastIndexOf(':');
        return colon < 0 ? authority : authority.substring(0, colon);
    }

    /** An IP address is verified, but not sent as server name. */
    static boolean maySend(@Nullable String name) {
        if (name == null || name.isEmpty() || name.indexOf(':') >= 0) {
            return false;
        }
        char last = name.charAt(name.length() - 1);
        return last < '0' || last > '9' || !name.chars().allMatch(c -> c == '.' || c >= '0' && c <= '9');
    }
}
