package io.layar.proxy.core.http;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a message looked like on an HTTP/1 wire and {@link HeaderMap} does not say. Thread: event loop of the stream. */
public final class WireForm {
    private final Map<String, String> names = new HashMap<>();
    private @Nullable String reason;

    /** Notes the spelling of a name; the first spelling of a name stays. */
    public void addName(String lowerCase, String spelling) {
        names.putIfAbsent(lowerCase, spelling);
    }

    /** The spelling in which the name came, or null when it did not come. */
    public @Nullable String name(String lowerCase) {
        return names.get(lowerCase);
    }

    /** The reason phrase of a response, or null. */
    public @Nullable String reason() {
        return reason;
    }

    public void reason(@Nullable String phrase) {
        reason = phrase;
    }
}
