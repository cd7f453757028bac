package io.layar.mesh.scope;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.layar.config.networking.ConnectionPoolSettings;
import io.layar.config.networking.IstioIngressListener;
import io.layar.config.networking.OutboundTrafficPolicy;
import io.layar.config.networking.Sidecar;
import io.layar.mesh.routing.DestinationRuleIndex;
import io.layar.mesh.routing.MergedDestinationRule;
import io.layar.mesh.service.Hosts;
import io.layar.mesh.service.Service;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the proxies of a namespace, or those that a Sidecar resource selects, may see.
 *
 * <p>Shape: {@code services} is the union over all egress listeners, one for each host; {@code sidecar} is null for the
 * default scope; {@code outboundTrafficPolicy} is the Sidecar's own, null when it leaves it to the mesh. Thread: any
 * (immutable).
 */
public record SidecarScope(
        String name,
        String namespace,
        @Nullable Sidecar sidecar,
        ImmutableList<EgressListener> egressListeners,
        ImmutableList<Service> services,
        ImmutableMap<String, Service> servicesByHost,
        ImmutableMap<String, ImmutableList<MergedDestinationRule>> destinationRules,
        @Nullable OutboundTrafficPolicy outboundTrafficPolicy,
        ImmutableSet<String> origins) {
    /** Name of the scope that no Sidecar resource made. */
    public static final String DEFAULT_NAME = "default-sidecar";

    public @Nullable Service service(String host) {
        return servicesByHost.get(host);
    }

    /** The services of a host, which may be a wildcard. */
    public List<Service> servicesOf(String host) {
        if (!Hosts.isWildcard(host)) {
            Service found = servicesByHost.get(host);
            return found == null ? List.of() : List.of(found);
        }
        return services.stream().filter(s -> Hosts.overlap(host, s.hostname())).toList();
    }

    /**
     * The rule for traffic to {@code host}.
     *
     * @param labels of the workload; null for inbound traffic, for which rules with selectors do not count
     */
    public @Nullable MergedDestinationRule destinationRule(String host, @Nullable Map<String, String> labels) {
        ImmutableList<MergedDestinationRule> rules = destinationRules.get(host);
        return rules == null ? null : DestinationRuleIndex.select(rules, namespace, labels);
    }

    public boolean hasIngressListeners() {
        return sidecar != null && !sidecar.ingress().isEmpty();
    }

    /** The listener that serves a route name's port; a Unix socket has port 0 and is found by its bind. */
    public @Nullable EgressListener egressFor(int port, String bind) {
        for (EgressListener egress : egressListeners) {
            var spec = egress.listener();
            if (spec == null || spec.port() == null) {
                return egress;
            }
            if (spec.port().number() == port && (port != 0 || spec.bind().equals(bind))) {
                return egress;
            }
        }
        return null;
    }

    /** The Sidecar's limits for inbound connections to {@code port}; null when it has none. */
    public @Nullable ConnectionPoolSettings inboundPool(int port) {
        if (sidecar == null) {
            return null;
        }
        for (IstioIngressListener ingress : sidecar.ingress()) {
            if (ingress.port() != null && ingress.port().number() == port && ingress.connectionPool() != null) {
                return ingress.connectionPool();
            }
        }
        return sidecar.inboundConnectionPool();
    }
}
