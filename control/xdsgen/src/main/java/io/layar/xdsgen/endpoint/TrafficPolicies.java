package io.layar.xdsgen.endpoint;

import com.google.common.collect.ImmutableList;
import io.layar.config.mesh.MeshConfig;
import io.layar.config.networking.ClientTLSSettings.TLSmode;
import io.layar.config.networking.DestinationRule;
import io.layar.config.networking.Subset;
import io.layar.config.networking.TrafficPolicy;
import io.layar.config.networking.TrafficPolicy.PortTrafficPolicy;
import org.jspecify.annotations.Nullable;

/** Which traffic policy holds: port over destination, subset over both, the mesh's default under all. */
public final class TrafficPolicies {
    public static final TrafficPolicy EMPTY =
            new TrafficPolicy(null, null, null, null, ImmutableList.of(), null, null, null);

    private TrafficPolicies() {}

    /** A port's settings replace the destination's as a whole: what they leave out has its default. */
    public static @Nullable TrafficPolicy atPort(@Nullable TrafficPolicy policy, int port) {
        PortTrafficPolicy own = policy == null ? null : portPolicy(policy, port);
        if (own == null) {
            return policy;
        }
        return new TrafficPolicy(
                own.loadBalancer(),
                own.connectionPool(),
                own.outlierDetection(),
                own.tls(),
                ImmutableList.of(),
                null,
                null,
                null);
    }

    private static @Nullable PortTrafficPolicy portPolicy(TrafficPolicy policy, int port) {
        for (PortTrafficPolicy candidate : policy.portLevelSettings()) {
            if (candidate.port() != null && candidate.port().number() == port) {
                return candidate;
            }
        }
        return null;
    }

    /** The policy of a subset at a port: its own settings over those of the rule. */
    public static @Nullable TrafficPolicy ofSubset(
            @Nullable TrafficPolicy ofRule, @Nullable TrafficPolicy ofSubset, int port) {
        TrafficPolicy original = atPort(ofRule, port);
        if (ofSubset == null) {
            return original;
        }
        TrafficPolicy own = atPort(ofSubset, port);
        if (original == null || own == null) {
            return own;
        }
        boolean whole = own != ofSubset;
        return new TrafficPolicy(
                pick(own.loadBalancer(), original.loadBalancer(), whole),
                pick(own.connectionPool(), original.connectionPool(), whole),
                pick(own.outlierDetection(), original.outlierDetection(), whole),
                pick(own.tls(), original.tls(), whole),
                ImmutableList.of(),
                pick(own.tunnel(), original.tunnel(), false),
                pick(own.proxyProtocol(), original.proxyProtocol(), false),
                pick(own.retryBudget(), original.retryBudget(), false));
    }

    private static <T> @Nullable T pick(@Nullable T own, @Nullable T original, boolean whole) {
        return own != null || whole ? own : original;
    }

    /** The policy of the named subset of a rule at a port; the rule's own when there is no such subset. */
    public static @Nullable TrafficPolicy ofSubsetNamed(DestinationRule rule, String subset, int port) {
        TrafficPolicy own = null;
        for (Subset candidate : rule.subsets()) {
            if (candidate.name().equals(subset)) {
                own = candidate.trafficPolicy();
                break;
            }
        }
        return ofSubset(rule.trafficPolicy(), own, port);
    }

    /** {@code policy} with the mesh's connection pool and outlier detection where it has none. */
    public static @Nullable TrafficPolicy withMeshDefault(MeshConfig mesh, @Nullable TrafficPolicy policy) {
        var byDefault = mesh.defaultTrafficPolicy();
        if (byDefault == null || (byDefault.connectionPool() == null && byDefault.outlierDetection() == null)) {
            return policy;
        }
        TrafficPolicy own = policy == null ? EMPTY : policy;
        return new TrafficPolicy(
                own.loadBalancer(),
                own.connectionPool() == null ? byDefault.connectionPool() : own.connectionPool(),
                own.outlierDetection() == null ? byDefault.outlierDetection() : own.outlierDetection(),
                own.tls(),
                own.portLevelSettings(),
                own.tunnel(),
                own.proxyProtocol(),
                own.retryBudget());
    }

    /** The TLS mode that a rule sets for a port of a subset; null when it sets none. */
    static @Nullable TLSmode tlsMode(DestinationRule rule, String subset, int port) {
        if (subset.isEmpty()) {
            return tlsMode(rule.trafficPolicy(), port);
        }
        for (Subset candidate : rule.subsets()) {
            if (candidate.name().equals(subset)) {
                TLSmode own = tlsMode(candidate.trafficPolicy(), port);
                return own == null ? tlsMode(rule.trafficPolicy(), port) : own;
            }
        }
        return null;
    }

    private static @Nullable TLSmode tlsMode(@Nullable TrafficPolicy policy, int port) {
        if (policy == null) {
            return null;
        }
        for (PortTrafficPolicy candidate : policy.portLevelSettings()) {
            if (candidate.port() != null && candidate.port().number() == port && candidate.tls() != null) {
                return candidate.tls().mode();
            }
        }
        return policy.tls() == null ? null : policy.tls().mode();
    }
}
