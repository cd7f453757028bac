package io.layar.mesh.routing;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.layar.config.networking.DestinationRule;
import io.layar.config.networking.Subset;
import io.layar.config.networking.TrafficPolicy;
import io.layar.config.networking.TrafficPolicy.PortTrafficPolicy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Merges the destination rules of one namespace by host, in the order in which they are added.
 *
 * <p>A later rule brings its subsets, and its traffic policy where none was. Rules with different selectors or exports
 * stand beside each other.
 */
final class DestinationRuleMerge {
    private static final String FROM_GATEWAY_API = "internal.istio.io/parents";

    private final boolean exportAware;
    private final Map<String, List<MergedDestinationRule>> byHost = new LinkedHashMap<>();

    DestinationRuleMerge(boolean exportAware) {
        this.exportAware = exportAware;
    }

    void add(MergedDestinationRule rule) {
        List<MergedDestinationRule> existing =
                byHost.computeIfAbsent(rule.spec().host(), k -> new ArrayList<>());
        boolean separate = true;
        for (int i = 0; i < existing.size(); i++) {
            MergedDestinationRule other = existing.get(i);
            if (exportAware) {
                if (rule.exportTo().equals(other.exportTo())) {
                    separate = false;
                } else {
                    separate = true;
                    if (other.exportTo().isEmpty() || !rule.exportTo().containsAll(other.exportTo())) {
                        continue;
                    }
                }
            }
            boolean sameSelector = selector(rule).equals(selector(other));
            if (rule.hasSelector() && other.hasSelector() && !sameSelector) {
                separate = true;
                continue;
            }
            if (rule.hasSelector() == other.hasSelector()) {
                separate = false;
            }
            existing.set(i, merge(other, rule));
        }
        if (separate) {
            existing.add(rule);
        }
    }

    private static Map<String, String> selector(MergedDestinationRule rule) {
        var selector = rule.spec().workloadSelector();
        return selector == null ? Map.of() : selector.matchLabels();
    }

    private static MergedDestinationRule merge(MergedDestinationRule older, MergedDestinationRule newer) {
        DestinationRule spec = older.spec();
        Set<String> names = new LinkedHashSet<>();
        spec.subsets().forEach(s -> names.add(s.name()));
        var subsets = ImmutableList.<Subset>builder().addAll(spec.subsets());
        for (Subset subset : newer.spec().subsets()) {
            if (!names.contains(subset.name())) {
                subsets.add(subset);
            }
        }
        DestinationRule merged = new DestinationRule(
                spec.host(), policy(older, newer), subsets.build(), spec.exportTo(), spec.workloadSelector());
        return new MergedDestinationRule(
                older.resource().withSpec(merged),
                older.exportTo(),
                ImmutableSet.<String>builder()
                        .addAll(older.origins())
                        .addAll(newer.origins())
                        .build()
                        .asList());
    }

    private static @Nullable TrafficPolicy policy(MergedDestinationRule older, MergedDestinationRule newer) {
        boolean olderMade = isFromGatewayApi(older);
        boolean newerMade = isFromGatewayApi(newer);
        TrafficPolicy first = older.spec().trafficPolicy();
        TrafficPolicy second = newer.spec().trafficPolicy();
        if (olderMade == newerMade) {
            return first == null ? second : first;
        }
        return newerMade ? overlay(first, second) : overlay(second, first);
    }

    private static boolean isFromGatewayApi(MergedDestinationRule rule) {
        return rule.resource().metadata().annotations().containsKey(FROM_GATEWAY_API);
    }

    /** What the user wrote wins; a backend policy of the Gateway API fills the gaps. */
    private static @Nullable TrafficPolicy overlay(@Nullable TrafficPolicy user, @Nullable TrafficPolicy backend) {
        if (user == null || backend == null) {
            return user == null ? backend : user;
        }
        return new TrafficPolicy(
                or(user.loadBalancer(), backend.loadBalancer()),
                or(user.connectionPool(), backend.connectionPool()),
                or(user.outlierDetection(), backend.outlierDetection()),
                or(user.tls(), backend.tls()),
                ports(user.portLevelSettings(), backend.portLevelSettings()),
                or(user.tunnel(), backend.tunnel()),
                or(user.proxyProtocol(), backend.proxyProtocol()),
                or(user.retryBudget(), backend.retryBudget()));
    }

    private static ImmutableList<PortTrafficPolicy> ports(
            List<PortTrafficPolicy> user, List<PortTrafficPolicy> backend) {
        Map<Integer, PortTrafficPolicy> byPort = new LinkedHashMap<>();
        user.forEach(p -> byPort.put(number(p), p));
        for (PortTrafficPolicy made : backend) {
            byPort.merge(
                    number(made),
                    made,
                    (own, other) -> new PortTrafficPolicy(
                            own.port(),
                            or(own.loadBalancer(), other.loadBalancer()),
                            or(own.connectionPool(), other.connectionPool()),
                            or(own.outlierDetection(), other.outlierDetection()),
                            or(own.tls(), other.tls())));
        }
        return ImmutableList.copyOf(byPort.values());
    }

    private static int number(PortTrafficPolicy policy) {
        return policy.port() == null ? 0 : policy.port().number();
    }

    private static <T> @Nullable T or(@Nullable T own, @Nullable T other) {
        return own == null ? other : own;
    }

    DestinationRuleIndex.HostRules build() {
        var out = ImmutableMap.<String, ImmutableList<MergedDestinationRule>>builder();
        byHost.forEach((host, rules) -> out.put(host, ImmutableList.copyOf(rules)));
        return new DestinationRuleIndex.HostRules(out.buildOrThrow());
    }
}
