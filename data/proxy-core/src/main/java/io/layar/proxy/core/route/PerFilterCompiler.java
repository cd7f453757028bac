package io.layar.proxy.core.route;

import com.google.protobuf.Any;
import org.jspecify.annotations.Nullable;

/** Turns the configuration that a route holds for a filter into that filter's own type. */
@FunctionalInterface
public interface PerFilterCompiler {
    /**
     * Compiles the configuration of the filter named {@code filterName}; null leaves the filter without one on that level.
     *
     * @throws io.layar.proxy.core.config.ConfigRejected when the filter is unknown or the configuration wrong
     */
    @Nullable
    Object compile(String filterName, Any config);
}
