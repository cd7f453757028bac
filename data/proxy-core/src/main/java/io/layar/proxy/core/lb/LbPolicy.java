package io.layar.proxy.core.lb;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a cluster spreads its load. Thread: any (immutable). */
public sealed interface LbPolicy {
    record RoundRobin(LocalityMode locality, @Nullable SlowStart slowStart) implements LbPolicy {}

    /** Shape: {@code choices} is at least 2; {@code fullScan} looks at every host instead of drawing. */
    record LeastRequest(
            LocalityMode locality,
            @Nullable SlowStart slowStart,
            int choices,
            RuntimeNumber activeRequestBias,
            boolean fullScan)
            implements LbPolicy {}

    record Random(LocalityMode locality) implements LbPolicy {}

    record RingHash(long minimumSize, long maximumSize, HashFunction function, HashSettings hash) implements LbPolicy {}

    record Maglev(int tableSize, HashSettings hash) implements LbPolicy {}

    /** The cluster type brings its own (original destination). */
    record ClusterProvided() implements LbPolicy {}

    record Subset(SubsetSettings settings, LbPolicy child) implements LbPolicy {}

    /** A host named by header or metadata first; else what {@code fallback} says. */
    record OverrideHost(List<OverrideSource> sources, LbPolicy fallback) implements LbPolicy {}

    /** Where the address of the wished host stands. Shape: exactly one of header and namespace is set. */
    record OverrideSource(@Nullable String header, @Nullable String metadataNamespace, List<String> metadataPath) {}

    /** Ring hash: which function. */
    enum HashFunction {
        XX_HASH,
        MURMUR_HASH_2
    }

    /** What ring hash and Maglev share. Shape: {@code balanceFactor} 0 means unbounded, else a percentage of at least 100. */
    record HashSettings(boolean useHostname, int balanceFactor, boolean localityWeighted) {}

    /** Which locality gets the load. */
    sealed interface LocalityMode {
        /** Localities do not matter. */
        record Ignored() implements LocalityMode {}

        /** By the weights of the load assignment. */
        record Weighted() implements LocalityMode {}

        /** The own zone first. Units: {@code routingEnabled} per cent. Shape: {@code forceLocalMinSize} 0 where not forced. */
        record ZoneAware(double routingEnabled, long minClusterSize, boolean failTrafficOnPanic, long forceLocalMinSize)
                implements LocalityMode {}
    }

    LocalityMode IGNORED = new LocalityMode.Ignored();
    LocalityMode WEIGHTED = new LocalityMode.Weighted();

    /** New hosts get their load little by little. Units: milliseconds; {@code minWeight} between 0 and 1. */
    record SlowStart(long windowMillis, RuntimeNumber aggression, double minWeight) {}

    /** A number that runtime may override. */
    record RuntimeNumber(double value, String key) {
        public static RuntimeNumber of(double value) {
            return new RuntimeNumber(value, "");
        }
    }

    /** Subsets: which, and what if there is none. */
    record SubsetSettings(
            Fallback fallback,
            Map<String, Object> defaultSubset,
            List<Selector> selectors,
            boolean localityWeightAware,
            boolean scaleLocalityWeight,
            boolean panicModeAny,
            boolean listAsAny,
            boolean metadataFallbackList,
            boolean allowRedundantKeys) {}

    /** Shape: {@code keys} sorted, not empty. */
    record Selector(List<String> keys, boolean singleHost, Fallback fallback, List<String> fallbackKeys) {}

    /** What happens when no subset matches. */
    enum Fallback {
        NOT_DEFINED,
        NO_FALLBACK,
        ANY_ENDPOINT,
        DEFAULT_SUBSET,
        KEYS_SUBSET
    }
}
