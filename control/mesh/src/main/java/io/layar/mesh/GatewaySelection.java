package io.layar.mesh;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.layar.config.Kinds;
import io.layar.config.Resource;
import io.layar.config.networking.Gateway;
import io.layar.mesh.proxy.Proxy;
import io.layar.mesh.routing.CreationOrder;
import io.layar.mesh.service.ServiceTarget;
import java.util.ArrayList;
import java.util.List;

/**
 * A Gateway that applies to a proxy, and the proxy's service ports through which it is reached.
 *
 * <p>{@code bySelector}: it was chosen by its selector, not by a named service.
 */
public record GatewaySelection(Resource<Gateway> gateway, boolean bySelector, ImmutableList<ServiceTarget> targets) {
    private static final String GATEWAY_SERVICE = "internal.istio.io/gateway-service";
    private static final String PARENT_NAMESPACE = "internal.istio.io/parent-namespace";
    private static final String SEMANTICS = "internal.istio.io/gateway-semantics";
    private static final String SERVICE_ACCOUNT = "internal.istio.io/service-account-name";

    /** Those of a proxy. Order: oldest first. */
    static ImmutableList<GatewaySelection> of(
            MeshSnapshot snapshot, Proxy proxy, ImmutableList<ServiceTarget> targets) {
        List<Resource<Gateway>> sorted = new ArrayList<>(snapshot.configs().of(Kinds.GATEWAY));
        sorted.sort(CreationOrder.OLDEST_FIRST);
        List<GatewaySelection> out = new ArrayList<>();
        for (Resource<Gateway> gateway : sorted) {
            if (snapshot.isOn(Feature.SCOPE_GATEWAY_TO_NAMESPACE)
                    && !gateway.namespace().equals(proxy.namespace())) {
                continue;
            }
            String service = gateway.metadata().annotations().get(GATEWAY_SERVICE);
            if (service != null) {
                ImmutableList<ServiceTarget> some = named(gateway, service, targets);
                if (!some.isEmpty()) {
                    out.add(new GatewaySelection(gateway, false, some));
                }
            } else if (proxy.labels()
                    .entrySet()
                    .containsAll(gateway.spec().selector().entrySet())) {
                out.add(new GatewaySelection(gateway, true, targets));
            }
        }
        return snapshot.isOn(Feature.ENABLE_STRICT_GATEWAY_MERGING) ? strict(out) : ImmutableList.copyOf(out);
    }

    private static ImmutableList<ServiceTarget> named(
            Resource<Gateway> gateway, String services, ImmutableList<ServiceTarget> targets) {
        var annotations = gateway.metadata().annotations();
        String namespace = annotations.getOrDefault(PARENT_NAMESPACE, gateway.namespace());
        List<String> hosts = Splitter.on(',').splitToList(services);
        return targets.stream()
                .filter(t -> hosts.contains(t.service().hostname())
                        && t.service().namespace().equals(namespace))
                .collect(ImmutableList.toImmutableList());
    }

    private boolean isFromGatewayApi() {
        return "gateway".equals(gateway.metadata().annotations().get(SEMANTICS));
    }

    /** A gateway that the Gateway API manages takes no Istio Gateway of another namespace. */
    private static ImmutableList<GatewaySelection> strict(List<GatewaySelection> all) {
        ImmutableSet<String> managed = all.stream()
                .filter(s -> s.isFromGatewayApi()
                        && !s.gateway
                                .metadata()
                                .annotations()
                                .getOrDefault(SERVICE_ACCOUNT, "")
                                .isEmpty())
                .map(s -> s.gateway.namespace())
                .collect(ImmutableSet.toImmutableSet());
        return all.stream()
                .filter(s -> managed.isEmpty() || s.isFromGatewayApi() || managed.contains(s.gateway.namespace()))
                .collect(ImmutableList.toImmutableList());
    }
}
