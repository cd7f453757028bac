package io.layar.proxy.core.route;

import java.util.List;

/** What a rate limit counts: entries in their order, and how many hits this request is. */
public record Descriptor(List<Entry> entries, long hits) {
    public record Entry(String key, String value) {}
}
