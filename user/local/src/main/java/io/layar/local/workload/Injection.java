package io.layar.local.workload;

import com.google.common.collect.ImmutableMap;
import io.layar.config.kubernetes.Container;
import io.layar.config.kubernetes.PodSpec;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which pods get a proxy, and the labels that come with it. Pure.
 * Source: istio pkg/kube/inject (policy of the webhook): the pod's own word beats the namespace's.
 */
final class Injection {
    static final String PROXY_CONTAINER = "istio-proxy";

    private static final String INJECT = "sidecar.istio.io/inject";
    private static final String TEMPLATES = "inject.istio.io/templates";
    private static final String CANONICAL_NAME = "service.istio.io/canonical-name";
    private static final String CANONICAL_REVISION = "service.istio.io/canonical-revision";

    private Injection() {}

    static PodPlan.Role role(
            Map<String, String> namespaceLabels,
            Map<String, String> labels,
            Map<String, String> annotations,
            PodSpec spec) {
        if (isGateway(labels, annotations, spec)) {
            return PodPlan.Role.GATEWAY;
        }
        if (spec.hostNetwork()) {
            return PodPlan.Role.PLAIN;
        }
        String own = labels.getOrDefault(INJECT, annotations.getOrDefault(INJECT, ""));
        if (!own.isEmpty()) {
            return own.equals("true") ? PodPlan.Role.SIDECAR : PodPlan.Role.PLAIN;
        }
        boolean asked = labels.containsKey("istio.io/rev")
                || namespaceLabels.containsKey("istio.io/rev")
                || "enabled".equals(namespaceLabels.get("istio-injection"));
        boolean refused = "disabled".equals(namespaceLabels.get("istio-injection"));
        return asked && !refused ? PodPlan.Role.SIDECAR : PodPlan.Role.PLAIN;
    }

    /** A gateway says so by its template, by the Gateway API's label, or by being nothing but a proxy with a gateway's label. */
    private static boolean isGateway(Map<String, String> labels, Map<String, String> annotations, PodSpec spec) {
        if (annotations.getOrDefault(TEMPLATES, "").contains("gateway")
                || labels.containsKey("gateway.networking.k8s.io/gateway-name")) {
            return true;
        }
        boolean named = labels.getOrDefault("istio", "").endsWith("gateway");
        boolean onlyProxy = spec.containers().stream().map(Container::name).allMatch(PROXY_CONTAINER::equals);
        return named && onlyProxy;
    }

    /** Labels of the pod as injection leaves them: the canonical service is what telemetry and routes call it. */
    static ImmutableMap<String, String> labelled(Map<String, String> labels, String workload) {
        Map<String, String> all = new TreeMap<>(labels);
        String name = labels.getOrDefault("app.kubernetes.io/name", labels.getOrDefault("app", workload));
        String revision = labels.getOrDefault("app.kubernetes.io/version", labels.getOrDefault("version", "latest"));
        all.putIfAbsent(CANONICAL_NAME, name);
        all.putIfAbsent(CANONICAL_REVISION, revision);
        return ImmutableMap.copyOf(all);
    }
}
