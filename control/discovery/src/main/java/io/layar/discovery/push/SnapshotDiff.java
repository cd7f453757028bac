package io.layar.discovery.push;

import com.google.common.collect.ImmutableSet;
import io.layar.config.ConfigDelta;
import io.layar.config.ConfigSet;
import io.layar.config.Kinds;
import io.layar.config.Resource;
import io.layar.config.ResourceKey;
import io.layar.mesh.MeshSnapshot;
import io.layar.mesh.service.EndpointIndex.Endpoints;
import io.layar.mesh.service.Resolution;
import io.layar.mesh.service.Service;
import io.layar.mesh.service.ServiceKey;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What differs between two snapshots, as far as proxies are concerned. */
final class SnapshotDiff {
    private SnapshotDiff() {}

    /** Parts that are the same instance are equal: that is the snapshot's law. */
    static Change between(MeshSnapshot before, MeshSnapshot after) {
        boolean same = before.mesh() == after.mesh()
                && before.networks() == after.networks()
                && before.services() == after.services()
                && before.networkGateways() == after.networkGateways()
                && before.virtualServices() == after.virtualServices()
                && before.destinationRules() == after.destinationRules()
                && before.sidecars() == after.sidecars()
                && before.peerAuthentications() == after.peerAuthentications()
                && before.others().equals(after.others());
        if (!same) {
            return Change.EVERYTHING;
        }
        ImmutableSet.Builder<String> hosts = ImmutableSet.builder();
        for (ServiceKey key : changedServices(before, after)) {
            if (moreThanEndpoints(
                    after, key, before.endpoints().of(key), after.endpoints().of(key))) {
                return Change.EVERYTHING;
            }
            hosts.add(key.hostname());
        }
        return Change.endpointsOf(hosts.build());
    }

    private static Set<ServiceKey> changedServices(MeshSnapshot before, MeshSnapshot after) {
        Set<ServiceKey> changed = new HashSet<>();
        if (before.endpoints() == after.endpoints()) {
            return changed;
        }
        var old = before.endpoints().byService();
        var next = after.endpoints().byService();
        next.forEach((key, endpoints) -> {
            if (old.get(key) != endpoints) {
                changed.add(key);
            }
        });
        old.keySet().stream().filter(key -> !next.containsKey(key)).forEach(changed::add);
        return changed;
    }

    /** Addresses of DNS and headless services are in clusters and listeners, identities of servers in clusters. */
    private static boolean moreThanEndpoints(MeshSnapshot after, ServiceKey key, Endpoints old, Endpoints next) {
        Service service = after.services().get(key.hostname(), key.namespace());
        return service == null
                || service.resolution() != Resolution.CLIENT_SIDE_LB
                || service.isHeadless()
                || !old.serviceAccounts().equals(next.serviceAccounts());
    }

    /** Addresses of the workloads whose own view of the mesh may have changed. */
    static ImmutableSet<String> addresses(MeshSnapshot before, MeshSnapshot after, ConfigDelta delta) {
        ImmutableSet.Builder<String> addresses = ImmutableSet.builder();
        for (ServiceKey key : changedServices(before, after)) {
            before.endpoints().of(key).all().forEach(endpoint -> addresses.addAll(endpoint.addresses()));
            after.endpoints().of(key).all().forEach(endpoint -> addresses.addAll(endpoint.addresses()));
        }
        delta.updated().forEach((key, resource) -> {
            addAddresses(resource, addresses);
            addAddresses(get(before.everything(), key), addresses);
        });
        delta.removed().forEach(key -> addAddresses(get(before.everything(), key), addresses));
        return addresses.build();
    }

    private static @Nullable Resource<?> get(ConfigSet configs, ResourceKey key) {
        return configs.get(key);
    }

    private static void addAddresses(@Nullable Resource<?> resource, ImmutableSet.Builder<String> addresses) {
        if (resource == null) {
            return;
        }
        if (resource.kind().equals(Kinds.POD)) {
            var status = resource.as(Kinds.POD).spec().status();
            if (status != null) {
                addresses.add(status.podIP());
                status.podIPs().forEach(ip -> addresses.add(ip.ip()));
            }
        } else if (resource.kind().equals(Kinds.WORKLOAD_ENTRY)) {
            addresses.add(resource.as(Kinds.WORKLOAD_ENTRY).spec().address());
        }
    }
}
