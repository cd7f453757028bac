package io.layar.mesh.policy;

import io.layar.config.Metadata;
import io.layar.config.Resource;
import io.layar.config.type.PolicyTargetReference;
import io.layar.config.type.WorkloadSelector;
import io.layar.mesh.proxy.Proxy;
import io.layar.mesh.proxy.ProxyType;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Does a policy with a selector or target references hold for a proxy?
 *
 * <p>Source: Istio's workload policy matcher. Services and waypoints as targets are not covered.
 */
public final class PolicyAttachment {
    /** The label by which a proxy says of which Gateway API gateway it is an instance. */
    public static final String GATEWAY_NAME_LABEL = "gateway.networking.k8s.io/gateway-name";

    private static final String GATEWAY_GROUP = "gateway.networking.k8s.io";
    private static final Instant BEFORE_TIME = Instant.EPOCH;

    private PolicyAttachment() {}

    /** Oldest first; of the same age by name, then namespace. */
    public static <S extends Record> Comparator<Resource<S>> oldestFirst() {
        return Comparator.<Resource<S>, Instant>comparing(r -> created(r.metadata()))
                .thenComparing(r -> r.metadata().name() + "." + r.metadata().namespace());
    }

    private static Instant created(Metadata metadata) {
        Instant created = metadata.creationTimestamp();
        return created == null ? BEFORE_TIME : created;
    }

    /** The references of a policy, whether it uses the list or the older single field. */
    public static List<PolicyTargetReference> targets(
            @Nullable PolicyTargetReference single, List<PolicyTargetReference> several) {
        if (!several.isEmpty()) {
            return several;
        }
        return single == null ? List.of() : List.of(single);
    }

    /** Is the policy in force at the proxy? The policy's namespace is already known to be one that the proxy looks at. */
    public static boolean holds(
            Proxy proxy,
            String policyNamespace,
            @Nullable WorkloadSelector selector,
            List<PolicyTargetReference> targets) {
        String gateway = proxy.labels().get(GATEWAY_NAME_LABEL);
        if (gateway == null) {
            return targets.isEmpty() && selects(selector, proxy.labels());
        }
        if (targets.isEmpty()) {
            return proxy.type() != ProxyType.WAYPOINT && selects(selector, proxy.labels());
        }
        return policyNamespace.equals(proxy.namespace())
                && targets.stream().anyMatch(target -> isGateway(target, gateway, proxy.namespace()));
    }

    private static boolean isGateway(PolicyTargetReference target, String gateway, String namespace) {
        return target.group().equals(GATEWAY_GROUP)
                && target.kind().equals("Gateway")
                && target.name().equals(gateway)
                && (target.namespace().isEmpty() || target.namespace().equals(namespace));
    }

    /** Are all of the selector's labels there? A missing selector selects everything. */
    public static boolean selects(@Nullable WorkloadSelector selector, Map<String, String> labels) {
        return selector == null
                || selector.matchLabels().entrySet().stream()
                        .allMatch(label -> Objects.equals(labels.get(label.getKey()), label.getValue()));
    }

    /** Is it without a selector, and so for a whole namespace? */
    public static boolean isNamespaceWide(@Nullable WorkloadSelector selector, List<PolicyTargetReference> targets) {
        return (selector == null || selector.matchLabels().isEmpty()) && targets.isEmpty();
    }
}
