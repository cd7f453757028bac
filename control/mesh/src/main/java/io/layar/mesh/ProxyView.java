package io.layar.mesh;

import com.google.common.collect.ImmutableList;
import io.layar.config.ConfigSet;
import io.layar.config.Resource;
import io.layar.config.kubernetes.Pod;
import io.layar.config.mesh.MeshConfig;
import io.layar.config.mesh.MeshNetworks;
import io.layar.config.mesh.ProxyConfig;
import io.layar.config.networking.Sidecar;
import io.layar.mesh.kube.ProxyTargets;
import io.layar.mesh.kube.WorkloadLabels;
import io.layar.mesh.kube.World;
import io.layar.mesh.policy.PeerAuthenticationIndex.WorkloadMode;
import io.layar.mesh.proxy.NodeProxyConfig;
import io.layar.mesh.proxy.Proxy;
import io.layar.mesh.proxy.ProxyType;
import io.layar.mesh.routing.MergedDestinationRule;
import io.layar.mesh.routing.MergedVirtualService;
import io.layar.mesh.scope.ScopeInputs;
import io.layar.mesh.scope.Scopes;
import io.layar.mesh.scope.SidecarScope;
import io.layar.mesh.service.Endpoint;
import io.layar.mesh.service.EndpointIndex.Endpoints;
import io.layar.mesh.service.Service;
import io.layar.mesh.service.ServiceAddresses;
import io.layar.mesh.service.ServicePort;
import io.layar.mesh.service.ServiceTarget;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The mesh as one proxy sees it. {@code proxy} has the labels and the locality that the mesh knows of its workload.
 * Thread: any (immutable).
 */
public record ProxyView(
        MeshSnapshot snapshot,
        Proxy proxy,
        ProxyConfig proxyConfig,
        SidecarScope scope,
        ImmutableList<ServiceTarget> targets,
        ImmutableList<GatewaySelection> gateways) {

    public static ProxyView of(MeshSnapshot snapshot, Proxy proxy) {
        return of(snapshot, proxy, Scopes::compute);
    }

    /** @param scopes computes a scope, or remembers it: proxies of one namespace mostly share theirs */
    public static ProxyView of(MeshSnapshot snapshot, Proxy proxy, Function<ScopeInputs, SidecarScope> scopes) {
        return of(snapshot, snapshot.world(), proxy, scopes);
    }

    /** @param world the snapshot's, one for all of its proxies: it is indexed only once then */
    public static ProxyView of(
            MeshSnapshot snapshot, World world, Proxy asConnected, Function<ScopeInputs, SidecarScope> scopes) {
        Resource<Pod> pod = ProxyTargets.podOf(world, asConnected);
        Proxy proxy = WorkloadLabels.applied(world, asConnected, pod);
        ImmutableList<ServiceTarget> targets = ProxyTargets.of(world, snapshot.services(), snapshot.endpoints(), proxy);
        boolean sidecar = proxy.type() == ProxyType.SIDECAR;
        Resource<Sidecar> resource = sidecar ? snapshot.sidecars().select(proxy.namespace(), proxy.labels()) : null;
        ScopeInputs inputs = new ScopeInputs(
                proxy.namespace(),
                !sidecar,
                resource,
                snapshot.services(),
                snapshot.virtualServices(),
                snapshot.destinationRules(),
                snapshot.mesh(),
                snapshot.settings());
        return new ProxyView(
                snapshot,
                proxy,
                NodeProxyConfig.of(proxy, snapshot.mesh()),
                scopes.apply(inputs),
                targets,
                sidecar ? ImmutableList.of() : GatewaySelection.of(snapshot, proxy, targets));
    }

    public MeshConfig mesh() {
        return snapshot.mesh();
    }

    public MeshNetworks networks() {
        return snapshot.networks();
    }

    public ConfigSet config() {
        return snapshot.configs();
    }

    public Features features() {
        return snapshot.settings().features();
    }

    public boolean isOn(Feature feature) {
        return snapshot.settings().isOn(feature);
    }

    /** The services of a host in all namespaces, whoever sees them. */
    public Map<String, Service> servicesOfHost(String host) {
        return snapshot.services().ofHost(host);
    }

    public @Nullable Service service(String host, String namespace) {
        return snapshot.services().get(host, namespace);
    }

    /** The address at which this proxy reaches a service. */
    public String address(Service service) {
        return ServiceAddresses.first(service, proxy, snapshot.settings());
    }

    public ImmutableList<String> addresses(Service service) {
        return ServiceAddresses.all(service, proxy, snapshot.settings());
    }

    public ImmutableList<String> extraAddresses(Service service) {
        return ServiceAddresses.extra(service, proxy, snapshot.settings());
    }

    public Endpoints endpoints(Service service) {
        return snapshot.endpoints().of(service.key());
    }

    /** The endpoints behind a port that have all of {@code labels}. */
    public ImmutableList<Endpoint> endpoints(Service service, ServicePort port, Map<String, String> labels) {
        return endpoints(service).behind(port, labels);
    }

    /** The rule for this proxy's traffic to {@code host}. */
    public @Nullable MergedDestinationRule destinationRule(String host) {
        return scope.destinationRule(host, proxy.labels());
    }

    /** The VirtualServices that a gateway ({@code namespace/name} or {@code mesh}) shows to this proxy. */
    public List<MergedVirtualService> virtualServicesForGateway(String gateway) {
        return snapshot.virtualServices().forGateway(proxy.namespace(), gateway);
    }

    /** The mutual TLS of this proxy's own workload. */
    public WorkloadMode mutualTls() {
        return snapshot.peerAuthentications().of(proxy.namespace(), proxy.labels());
    }

    /** Is the proxy's network the other one, or one of the two unknown? */
    public boolean inNetwork(String network) {
        return network.isEmpty() || proxy.network().isEmpty() || network.equals(proxy.network());
    }
}
