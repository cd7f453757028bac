package io.layar.config.networking;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import org.jspecify.annotations.Nullable;

/** Changes to request and response headers. */
public record Headers(
        @Nullable HeaderOperations request, @Nullable HeaderOperations response) {
    /** The {@code HeaderOperations} message of {@link Headers}. */
    public record HeaderOperations(
            ImmutableMap<String, String> set, ImmutableMap<String, String> add, ImmutableList<String> remove) {}
}
