package io.layar.proxy.core.cluster;

import io.envoyproxy.envoy.config.core.v3.HealthStatus;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A load assignment, compiled: which endpoints a cluster has.
 *
 * <p>Units: {@code overprovisioning} per cent. Thread: any (immutable).
 */
public record Assignment(
        List<Endpoint> endpoints,
        List<Map<Locality, Integer>> localityWeights,
        int overprovisioning,
        boolean weightedPriorityHealth,
        List<Drop> drops,
        long staleAfterMillis) {
    public static final Assignment EMPTY = new Assignment(List.of(), List.of(), 140, false, List.of(), 0);

    /** One endpoint. Shape: {@code dnsName} is set, and the facts' address is no host's, where a name has to be resolved first. */
    public record Endpoint(
            HostFacts facts,
            int weight,
            HealthStatus status,
            @Nullable String dnsName,
            int port) {}

    /** So much of the load is answered with 503 at once. */
    public record Drop(String category, long numerator, long denominator) {}

    /** Number of priorities, at least 1. */
    public int priorities() {
        int most = 0;
        for (Endpoint endpoint : endpoints) {
            most = Math.max(most, endpoint.facts().priority());
        }
        return Math.max(most + 1, localityWeights.size());
    }
}
