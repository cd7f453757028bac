package io.layar.proxy.codec.http1;

import io.layar.proxy.core.http.HeaderNames;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The names of {@link HeaderNames} by the bytes they have on the wire, so that parsed heads hold those very strings.
 * Thread: any (immutable).
 */
final class NameTable {
    /** Names of which a message has one line at most: further ones are joined to the first with a comma, as Envoy does. */
    private static final List<String> JOINED = List.of(
            "connection",
            "content-encoding",
            "content-length",
            "content-type",
            "host",
            "keep-alive",
            "proxy-connection",
            "te",
            "transfer-encoding",
            "upgrade",
            "via",
            "x-request-id",
            "grpc-accept-encoding");

    private static final List<String> JOINED_IN_REQUESTS = List.of(
            "accept",
            "accept-encoding",
            "access-control-request-headers",
            "access-control-request-method",
            "authorization",
            "cache-control",
            "expect",
            "grpc-timeout",
            "if-match",
            "if-modified-since",
            "if-none-match",
            "if-range",
            "if-unmodified-since",
            "origin",
            "pragma",
            "referer",
            "user-agent",
            "x-client-trace-id",
            "x-forwarded-client-cert",
            "x-forwarded-for",
            "x-forwarded-host",
            "x-forwarded-port",
            "x-forwarded-proto");

    private static final List<String> JOINED_IN_RESPONSES = List.of(
            "access-control-allow-credentials",
            "access-control-allow-headers",
            "access-control-allow-methods",
            "access-control-allow-origin",
            "access-control-expose-headers",
            "access-control-max-age",
            "age",
            "cache-control",
            "date",
            "etag",
            "expires",
            "grpc-message",
            "grpc-status",
            "last-modified",
            "location",
            "proxy-status",
            "server",
            "vary");

    /** One known name; {@code framing}: the codec itself reads it. */
    record Entry(String name, int hash, boolean joinedInRequests, boolean joinedInResponses, Framing framing) {}

    /** Headers that matter to the codec. */
    enum Framing {
        NONE,
        HOST,
        CONTENT_LENGTH,
        TRANSFER_ENCODING,
        CONNECTION,
        UPGRADE,
        HOP
    }

    private static final int SIZE = 512;
    private static final @Nullable Entry[] TABLE = build();

    private NameTable() {}

    /** Hash of a name of lower-case octets. */
    static int hash(String name) {
        int h = 0;
        for (int i = 0; i < name.length(); i++) {
            h = h * 31 + name.charAt(i);
        }
        return h;
    }

    /** The entry of a name of lower-case octets with that hash, or null. */
    static @Nullable Entry find(byte[] a, int from, int to, int hash) {
        int at = (hash ^ hash >>> 15) & SIZE - 1;
        while (true) {
            Entry entry = TABLE[at];
            if (entry == null) {
                return null;
            }
            if (entry.hash == hash && Bytes.equal(entry.name, a, from, to)) {
                return entry;
            }
            at = at + 1 & SIZE - 1;
        }
    }

    private static @Nullable Entry[] build() {
        @Nullable Entry[] table = new @Nullable Entry[SIZE];
        Set<String> names = new TreeSet<>(JOINED_IN_REQUESTS);
        names.addAll(JOINED);
        names.addAll(JOINED_IN_RESPONSES);
        Arrays.stream(HeaderNames.class.getFields())
                .filter(field -> Modifier.isStatic(field.getModifiers()))
                .forEach(field -> names.add(value(field)));
        for (String name : names) {
            int hash = hash(name);
            int at = (hash ^ hash >>> 15) & SIZE - 1;
            while (table[at] != null) {
                at = at + 1 & SIZE - 1;
            }
            boolean joined = JOINED.contains(name) || name.startsWith("x-envoy-");
            table[at] = new Entry(
                    name.intern(),
                    hash,
                    joined || JOINED_IN_REQUESTS.contains(name),
                    joined || JOINED_IN_RESPONSES.contains(name),
                    framing(name));
        }
        return table;
    }

    private static String value(java.lang.reflect.Field field) {
        try {
            return (String) field.get(null);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(field.getName(), e);
        }
    }

    private static Framing framing(String name) {
        return switch (name) {
            case "host" -> Framing.HOST;
            case "content-length" -> Framing.CONTENT_LENGTH;
            case "transfer-encoding" -> Framing.TRANSFER_ENCODING;
            case "connection" -> Framing.CONNECTION;
            case "upgrade" -> Framing.UPGRADE;
            case "keep-alive", "proxy-connection", "http2-settings" -> Framing.HOP;
            default -> Framing.NONE;
        };
    }
}
