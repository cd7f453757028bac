package io.layar.discovery.push;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import io.layar.config.Kinds;
import io.layar.config.networking.DestinationRule;
import io.layar.config.networking.LoadBalancerSettings;
import io.layar.config.networking.LocalityLoadBalancerSetting;
import io.layar.config.networking.TrafficPolicy;
import io.layar.mesh.MeshSnapshot;
import io.layar.mesh.ProxyView;
import io.layar.mesh.proxy.ProxyType;
import org.jspecify.annotations.Nullable;

/**
 * Which labels of a proxy the endpoints depend on that it is sent.
 *
 * <p>{@code all} where a DestinationRule selects workloads or orders endpoints by labels; else those that tell where a proxy
 * runs. Which Sidecar a proxy has is asked for by its labels as well. Thread: any (immutable).
 */
record LabelUse(boolean all) {

    static LabelUse of(MeshSnapshot snapshot) {
        return new LabelUse(ordersByLabels(snapshot.mesh().localityLbSetting())
                || snapshot.configs().of(Kinds.DESTINATION_RULE).stream().anyMatch(rule -> uses(rule.spec())));
    }

    private static boolean uses(DestinationRule rule) {
        return rule.workloadSelector() != null
                || uses(rule.trafficPolicy())
                || rule.subsets().stream().anyMatch(subset -> uses(subset.trafficPolicy()));
    }

    private static boolean uses(@Nullable TrafficPolicy policy) {
        return policy != null
                && (uses(policy.loadBalancer())
                        || policy.portLevelSettings().stream().anyMatch(port -> uses(port.loadBalancer())));
    }

    private static boolean uses(@Nullable LoadBalancerSettings balancer) {
        return balancer != null && ordersByLabels(balancer.localityLbSetting());
    }

    private static boolean ordersByLabels(@Nullable LocalityLoadBalancerSetting setting) {
        return setting != null && !setting.failoverPriority().isEmpty();
    }

    /** What of the labels matters. */
    Object of(ProxyView view) {
        var labels = view.proxy().labels();
        var own = all ? labels : ImmutableMap.copyOf(Maps.filterKeys(labels, LabelUse::tellsPlace));
        var sidecar = view.proxy().type() == ProxyType.SIDECAR
                ? view.snapshot().sidecars().select(view.proxy().namespace(), labels)
                : null;
        return ImmutableMap.of("labels", own, "sidecar", sidecar == null ? "" : sidecar.key());
    }

    private static boolean tellsPlace(String label) {
        return label.startsWith("topology.") || label.startsWith("kubernetes.io/");
    }
}
