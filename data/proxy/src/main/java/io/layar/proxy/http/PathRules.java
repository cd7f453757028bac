package io.layar.proxy.http;

import org.jspecify.annotations.Nullable;

/**
 * How request paths are normalised before anything looks at them. Thread: any (immutable).
 * Source: {@code normalize_path}, {@code merge_slashes}, {@code path_with_escaped_slashes_action}.
 */
record PathRules(boolean normalize, boolean mergeSlashes, EscapedSlashes escapedSlashes) {
    enum EscapedSlashes {
        KEEP,
        REJECT,
        REDIRECT,
        FORWARD
    }

    boolean any() {
        return normalize || mergeSlashes || escapedSlashes != EscapedSlashes.KEEP;
    }

    private static int pathEnd(String target) {
        int query = target.indexOf('?');
        return query < 0 ? target.length() : query;
    }

    /** Decodes {@code %2f} and {@code %5c} before the query. */
    static String unescapeSlashes(String target) {
        int end = pathEnd(target);
        StringBuilder out = null;
        int copied = 0;
        for (int i = 0; i + 2 < end; i++) {
            if (target.charAt(i) != '%') {
                continue;
            }
            char decoded = slash(target.charAt(i + 1), target.charAt(i + 2));
            if (decoded != 0) {
                out = out == null ? new StringBuilder(target.length()) : out;
                out.append(target, copied, i).append(decoded);
                i += 2;
                copied = i + 1;
            }
        }
        return out == null
                ? target
                : out.append(target, copied, target.length()).toString();
    }

    private static char slash(char high, char low) {
        if (high == '2' && (low | 32) == 'f') {
            return '/';
        }
        return high == '5' && (low | 32) == 'c' ? '\\' : 0;
    }

    /** Runs of slashes before the query become one. */
    static String mergeSlashes(String target) {
        int end = pathEnd(target);
        int at = target.indexOf("//");
        if (at < 0 || at >= end) {
            return target;
        }
        StringBuilder out = new StringBuilder(target.length());
        for (int i = 0; i < end; i++) {
            char c = target.charAt(i);
            if (c != '/' || i == 0 || target.charAt(i - 1) != '/') {
                out.append(c);
            }
        }
        return out.append(target, end, target.length()).toString();
    }

    /** RFC 3986 normalisation as browsers do it; null when the path cannot be normalised. */
    static @Nullable String normalize(String target) {
        int end = pathEnd(target);
        if (isNormal(target, end)) {
            return target;
        }
        if (target.charAt(0) != '/' && target.charAt(0) != '\\') {
            return null;
        }
        String decoded = decode(dropDotParameters(target.substring(0, end)));
        return decoded == null ? null : removeDots(decoded) + target.substring(end);
    }

    private static boolean isNormal(String target, int end) {
        if (end == 0 || target.charAt(0) != '/') {
            return false;
        }
        for (int i = 0; i < end; i++) {
            char c = target.charAt(i);
            if (c == '%'
                    || c == '\\'
                    || c <= ' '
                    || c > 126
                    || c == '"'
                    || c == '<'
                    || c == '>'
                    || c == '`'
                    || c == '{'
                    || c == '}'
                    || c == '|'
                    || c == '^'
                    || c == '.' && target.charAt(Math.max(0, i - 1)) == '/') {
                return false;
            }
        }
        return true;
    }

    /** {@code /..;x/} counts as {@code /../}: servers that know path parameters take it so. */
    private static String dropDotParameters(String path) {
        int semicolon = path.indexOf(";");
        if (semicolon < 0) {
            return path;
        }
        StringBuilder out = new StringBuilder(path.length());
        for (int from = 0; from < path.length(); ) {
            int next = path.indexOf('/', from + 1);
            int to = next < 0 ? path.length() : next;
            String segment = path.substring(from, to);
            boolean dots = segment.startsWith("/.;") || segment.startsWith("/..;");
            out.append(dots ? segment.substring(0, segment.indexOf(';')) : segment);
            from = to;
        }
        return out.toString();
    }

    /** Decodes escapes of unreserved characters, escapes what a path may not have, and turns backslashes. */
    private static @Nullable String decode(String path) {
        StringBuilder out = new StringBuilder(path.length());
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c == '\\') {
                out.append('/');
            } else if (c == '%') {
                int high = i + 2 < path.length() ? Character.digit(path.charAt(i + 1), 16) : -1;
                int low = i + 2 < path.length() ? Character.digit(path.charAt(i + 2), 16) : -1;
                if (high < 0 || low < 0) {
                    out.append('%');
                    continue;
                }
                int value = high << 4 | low;
                if (value == 0) {
                    return null;
                }
                if (unreserved(value)) {
                    out.append((char) value);
                } else {
                    out.append('%').append(path.charAt(i + 1)).append(path.charAt(i + 2));
                }
                i += 2;
            } else if (c <= ' ' || c > 126 || c == '"' || c == '<' || c == '>' || c == '`' || c == '{' || c == '}'
                    || c == '|' || c == '^') {
                out.append('%').append(hex(c >> 4)).append(hex(c & 15));
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    private static char hex(int digit) {
        return Character.toUpperCase(Character.forDigit(digit & 15, 16));
    }

    private static boolean unreserved(int c) {
        return c >= 'a' && c <= 'z'
                || c >= 'A' && c <= 'Z'
                || c >= '0' && c <= '9'
                || c == '-'
                || c == '.'
                || c == '_'
                || c == '~';
    }

    private static String removeDots(String path) {
        StringBuilder out = new StringBuilder(path.length());
        int i = 0;
        while (i < path.length()) {
            int next = path.indexOf('/', i + 1);
            int to = next < 0 ? path.length() : next;
            String segment = path.substring(i + 1, to);
            boolean last = next < 0;
            if (segment.equals("..")) {
                int parent = out.lastIndexOf("/");
                out.setLength(Math.max(0, parent));
                if (last) {
                    out.append('/');
                }
            } else if (segment.equals(".")) {
                if (last) {
                    out.append('/');
                }
            } else {
                out.append('/').append(segment);
            }
            i = to;
        }
        return out.isEmpty() ? "/" : out.toString();
    }
}
