package io.layar.proxy.http;

import org.jspecify.annotations.Nullable;

/** Reads a filter's route configuration as the filter's own type. */
public final class RouteConfigs {
    private RouteConfigs() {}

    /** The most specific configuration of {@code type}, or {@code otherwise}. */
    public static <T> T specific(FilterCallbacks callbacks, Class<T> type, T otherwise) {
        Object own = callbacks.routeConfig();
        return type.isInstance(own) ? type.cast(own) : otherwise;
    }

    /** The most specific configuration of {@code type}, or null. */
    public static <T> @Nullable T find(FilterCallbacks callbacks, Class<T> type) {
        Object own = callbacks.routeConfig();
        return type.isInstance(own) ? type.cast(own) : null;
    }
}
