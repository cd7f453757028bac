package io.layar.xdsgen.endpoint;

import com.google.common.collect.ImmutableMap;
import io.layar.config.networking.ClientTLSSettings.TLSmode;
import io.layar.config.networking.DestinationRule;
import io.layar.config.networking.Subset;
import io.layar.config.networking.TrafficPolicy;
import io.layar.mesh.Feature;
import io.layar.mesh.ProxyView;
import io.layar.mesh.policy.MutualTlsMode;
import io.layar.mesh.routing.MergedDestinationRule;
import io.layar.mesh.service.Endpoint;
import io.layar.mesh.service.HealthStatus;
import io.layar.mesh.service.Locality;
import io.layar.mesh.service.NetworkGateways;
import io.layar.mesh.service.Service;
import io.layar.mesh.service.TrafficDistribution;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The endpoints of a cluster that a proxy may use, by locality. Order: localities by their label. */
public final class EndpointGroups {
    private final ProxyView view;
    private final Service service;
    private final int port;
    private final String subset;
    private final @Nullable DestinationRule rule;

    /** @param rule the destination rule of the cluster, null when there is none */
    public EndpointGroups(
            ProxyView view, Service service, int port, String subset, @Nullable MergedDestinationRule rule) {
        this.view = view;
        this.service = service;
        this.port = port;
        this.subset = subset;
        this.rule = rule == null ? null : rule.spec();
    }

    /** The labels of the subset; empty when it has none, or when there is no such subset. */
    public Map<String, String> subsetLabels() {
        if (rule != null && !subset.isEmpty()) {
            for (Subset candidate : rule.subsets()) {
                if (candidate.name().equals(subset)) {
                    return candidate.labels();
                }
            }
        }
        return ImmutableMap.of();
    }

    /** @param sniForwarding for a cluster that passes mutual TLS through by its server name */
    public List<LocalityGroup> of(List<Endpoint> endpoints, boolean sniForwarding) {
        LbEndpoints lbEndpoints = new LbEndpoints(view, service);
        Map<String, LocalityGroup> byLabel = new TreeMap<>();
        for (Endpoint endpoint : endpoints) {
            if (isUsable(endpoint)) {
                byLabel.computeIfAbsent(sortKey(endpoint.locality()), k -> new LocalityGroup(endpoint.locality()))
                        .add(endpoint, lbEndpoints.of(endpoint, takesMutualTls(endpoint)));
            }
        }
        List<LocalityGroup> groups = new ArrayList<>(byLabel.values());
        groups.forEach(LocalityGroup::sumWeights);
        NetworkGateways gateways = service.resolution().isDns()
                ? view.snapshot().networkGateways()
                : view.snapshot().networkGateways().withAddressOnly();
        List<LocalityGroup> filtered = new NetworkFilter(view, gateways, lbEndpoints).apply(groups);
        return sniForwarding ? NetworkFilter.mutualTlsOnly(filtered) : filtered;
    }

    private static String sortKey(Locality place) {
        return place.isEmpty() ? "" : place.region() + "/" + place.zone() + "/" + place.subzone();
    }

    private boolean isUsable(Endpoint endpoint) {
        if (service.kubernetes().nodeLocal()
                && !endpoint.nodeName().equals(view.proxy().metadata().text("NODE_NAME"))) {
            return false;
        }
        if (!isNetworkRequested(endpoint.network())) {
            return false;
        }
        if (endpoint.address().isEmpty()
                && (!view.snapshot().networkGateways().isMultiNetwork() || view.inNetwork(endpoint.network()))) {
            return false;
        }
        boolean draining = endpoint.health() == HealthStatus.DRAINING
                || !endpoint.labels()
                        .getOrDefault(LbEndpoints.DRAINING_LABEL, "")
                        .isEmpty();
        return switch (endpoint.health()) {
            case TERMINATING -> false;
            case UNHEALTHY -> sendsUnhealthy();
            case UNKNOWN, HEALTHY, DRAINING -> !draining || keepsDraining();
        };
    }

    private boolean keepsDraining() {
        return !service.labels().getOrDefault("istio.io/persistent-session", "").isEmpty();
    }

    private boolean isNetworkRequested(String network) {
        List<String> requested = view.proxy().metadata().list("REQUESTED_NETWORK_VIEW");
        return requested.isEmpty() || network.isEmpty() || requested.contains(network);
    }

    /** Unhealthy endpoints tell Envoy how much of a cluster is left; not where panic would then use them. */
    private boolean sendsUnhealthy() {
        if (forcesUnhealthy(view, service)) {
            return true;
        }
        if (!view.isOn(Feature.DEFAULT_SEND_UNHEALTHY_ENDPOINTS)) {
            return false;
        }
        TrafficPolicy policy = policy();
        return policy == null
                || policy.outlierDetection() == null
                || policy.outlierDetection().minHealthPercent() <= 0;
    }

    /** Where clients prefer near endpoints, they must know of the sick ones to spill over. */
    public static boolean forcesUnhealthy(ProxyView view, Service service) {
        return view.isOn(Feature.GLOBAL_SEND_UNHEALTHY_ENDPOINTS)
                || service.kubernetes().trafficDistribution() != TrafficDistribution.ANY;
    }

    /** The traffic policy of the subset at the port. */
    @Nullable
    TrafficPolicy policy() {
        return rule == null ? null : TrafficPolicies.ofSubsetNamed(rule, subset, port);
    }

    /** The rule's word counts; else what the endpoint can and what its policies allow. */
    private boolean takesMutualTls(Endpoint endpoint) {
        TLSmode mode = rule == null ? null : TrafficPolicies.tlsMode(rule, subset, port);
        if (mode != null) {
            return mode == TLSmode.ISTIO_MUTUAL;
        }
        return endpoint.tlsMode().equals(LbEndpoints.ISTIO_MUTUAL)
                && view.snapshot()
                                .peerAuthentications()
                                .of(endpoint.namespace(), endpoint.labels())
                                .of(endpoint.port())
                        != MutualTlsMode.DISABLE;
    }
}
