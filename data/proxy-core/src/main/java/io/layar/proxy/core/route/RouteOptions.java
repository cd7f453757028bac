package io.layar.proxy.core.route;

import io.layar.proxy.core.accesslog.FormatFacts;
import io.layar.proxy.core.runtime.RuntimeValues;
import java.util.function.Predicate;

/**
 * What the compilation of a route configuration draws on.
 *
 * @param knownClusters names of clusters that exist now
 * @param validateClusters whether a table that does not say so itself may only name such (true for a table within a listener, false
 *     for one from RDS)
 */
public record RouteOptions(
        PerFilterCompiler filters,
        RuntimeValues runtime,
        FormatFacts facts,
        Predicate<String> knownClusters,
        boolean validateClusters) {
    /** For tests and tools: per-filter configuration stays as it is, no runtime, any cluster. */
    public static RouteOptions plain() {
        return new RouteOptions((_, config) -> config, new RuntimeValues(), FormatFacts.NONE, _ -> true, false);
    }
}
