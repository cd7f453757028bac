package io.layar.proxy.codec.http2;

import io.layar.proxy.core.http.HeaderMap;
import io.layar.proxy.core.http.HeaderNames;
import org.jspecify.annotations.Nullable;

/**
 * Gathers the lines of one block into a {@link HeaderMap} and notes the first fault. Cookie crumbs are joined, as HTTP/1 wants them.
 * Units: {@code bytes} counts names and values.
 */
final class MessageHeaders implements HeaderSink {
    /** Which pseudo headers a block may have. */
    enum Kind {
        REQUEST,
        RESPONSE,
        TRAILERS
    }

    private final Kind kind;
    private final Http2Options options;
    private final HeaderMap headers = new HeaderMap();
    private boolean regularSeen;
    private int bytes;
    private int cookieAt = -1;
    private @Nullable String fault;
    private boolean tooLarge;

    MessageHeaders(Kind kind, Http2Options options) {
        this.kind = kind;
        this.options = options;
    }

    @Override
    public void line(String name, String value) {
        bytes += name.length() + value.length();
        if (bytes > options.maxHeaderBytes() || headers.size() >= options.maxHeaderCount()) {
            tooLarge = true;
            return;
        }
        if (fault == null) {
            fault = HeaderRules.lineFault(name, value);
        }
        if (fault == null && name.charAt(0) == ':') {
            fault = pseudoFault(name);
        } else {
            regularSeen = true;
        }
        if (fault == null) {
            add(name, value);
        }
    }

    private @Nullable String pseudoFault(String name) {
        if (regularSeen) {
            return "pseudo header after a header";
        }
        boolean known = switch (kind) {
            case REQUEST -> HeaderRules.isRequestPseudo(name);
            case RESPONSE -> name.equals(HeaderNames.STATUS);
            case TRAILERS -> false;
        };
        if (!known) {
            return "pseudo header out of place";
        }
        return headers.contains(name) ? "pseudo header twice" : null;
    }

    private void add(String name, String value) {
        if (!name.equals(HeaderNames.COOKIE)) {
            headers.add(name, value);
        } else if (cookieAt < 0) {
            cookieAt = headers.size();
            headers.add(name, value);
        } else {
            headers.setValue(cookieAt, headers.value(cookieAt) + "; " + value);
        }
    }

    HeaderMap headers() {
        return headers;
    }

    /** Null for lines that may stand together so far. */
    @Nullable
    String fault() {
        return fault;
    }

    boolean isTooLarge() {
        return tooLarge;
    }
}
