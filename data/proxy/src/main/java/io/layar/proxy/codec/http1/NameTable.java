package io.layar.proxy.codec.http1;

import io.layar.proxy.core.http.HeaderNames;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The names of {@link HeaderNames} by the bytes they have on the wire, so that parsed heads hold those very strings.
 * Thread: any (immutable).
 */
final class NameTable {
    /** Names of which a message has one line at most: further ones are joined to the first with a comma, as Envoy does. */
    private static final List<String> JOINED = List.of(
            "accept",
            "accept-encoding",
            "authorization",
            "cache-control",
            "connection",
            "content-encoding",
            "content-length",
            "content-type",
            "date",
            "etag",
            "expect",
            "grpc-message",
            "grpc-status",
            "grpc-timeout",
            "host",
            "keep-alive",
            "location",
            "origin",
            "proxy-connection",
            "proxy-status",
            "referer",
            "server",
            "te",
            "transfer-encoding",
            "upgrade",
            "user-agent",
            "vary",
            "via",
            "x-forwarded-client-cert",
            "x-forwarded-for",
            "x-forwarded-host",
            "x-forwarded-proto",
            "x-request-id");

    /** One known name. {@code joined}: see above; {@code framing}: the codec itself reads it. */
    record Entry(String name, int hash, boolean joined, Framing framing) {}

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
        for (String name : Arrays.stream(HeaderNames.class.getFields())
                .filter(field -> Modifier.isStatic(field.getModifiers()))
                .map(NameTable::value)
                .toList()) {
            int hash = hash(name);
            int at = (hash ^ hash >>> 15) & SIZE - 1;
            while (table[at] != null) {
                at = at + 1 & SIZE - 1;
            }
            boolean joined = JOINED.contains(name) || name.startsWith("x-envoy-");
            table[at] = new Entry(name, hash, joined, framing(name));
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
