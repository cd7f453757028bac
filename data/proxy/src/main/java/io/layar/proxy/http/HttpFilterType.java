package io.layar.proxy.http;

import com.google.protobuf.Any;
import java.util.List;

/** A kind of HTTP filter that the proxy supports. Thread: any (immutable). */
public interface HttpFilterType {
    /** Type URL of its configuration. */
    String typeUrl();

    /** Type URLs of its configuration per route or virtual host; those refused elsewhere by {@code ConfigRejected}. */
    default List<String> routeTypeUrls() {
        return List.of(typeUrl());
    }

    /** Compiles the configuration of a filter chain's entry. Errors: {@code ConfigRejected}. */
    HttpFilterFactory compile(Any config, HttpFilterContext context);

    /**
     * Compiles a {@code typed_per_filter_config}; the filter finds the value by {@link FilterCallbacks#routeConfig}.
     * Errors: {@code ConfigRejected}.
     */
    Object compileForRoute(Any config, HttpFilterContext context);
}
