package io.layar.mesh.kube;

import com.google.common.collect.ImmutableList;
import io.layar.config.Resource;
import io.layar.config.kubernetes.EndpointPort;
import io.layar.config.kubernetes.EndpointSlice;
import io.layar.config.kubernetes.EndpointSlice.EndpointConditions;
import io.layar.config.kubernetes.ObjectReference;
import io.layar.config.kubernetes.Pod;
import io.layar.mesh.Feature;
import io.layar.mesh.service.Endpoint;
import io.layar.mesh.service.HealthStatus;
import io.layar.mesh.service.Service;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The endpoints of a Kubernetes service by its EndpointSlices; an address counts once for each port. */
final class SliceEndpoints {
    private record Seen(String address, String port) {}

    private final Cluster cluster;
    private final Service service;
    private final ImmutableList.Builder<Endpoint> out = ImmutableList.builder();
    private final Set<Seen> seen = new HashSet<>();

    private SliceEndpoints(Cluster cluster, Service service) {
        this.cluster = cluster;
        this.service = service;
    }

    static ImmutableList<Endpoint> of(Cluster cluster, Service service) {
        SliceEndpoints endpoints = new SliceEndpoints(cluster, service);
        for (Resource<EndpointSlice> slice : cluster.slices(service.namespace(), service.name())) {
            endpoints.add(slice);
        }
        return endpoints.out.build();
    }

    private void add(Resource<EndpointSlice> slice) {
        if (slice.spec().addressType().equals("FQDN")) {
            return;
        }
        for (EndpointSlice.Endpoint item : slice.spec().endpoints()) {
            HealthStatus health = health(item.conditions());
            for (String address : item.addresses()) {
                Resource<Pod> pod = pod(slice, item.targetRef(), address);
                boolean expected = isPod(item.targetRef());
                if (pod == null && expected) {
                    continue;
                }
                boolean dual = expected && pod != null && isDualStack(pod);
                if (dual && slice.spec().addressType().equals("IPv6")) {
                    continue;
                }
                Endpoint endpoint =
                        cluster.workloads().podEndpoint(pod, address).withHealth(health);
                addPorts(slice, pod != null && dual ? endpoint.withAddresses(Workloads.podIps(pod)) : endpoint);
            }
        }
    }

    private void addPorts(Resource<EndpointSlice> slice, Endpoint endpoint) {
        for (EndpointPort port : slice.spec().ports()) {
            String name = port.name() == null ? "" : port.name();
            if (seen.add(new Seen(endpoint.address(), name))) {
                out.add(endpoint.at(port.port() == null ? 0 : port.port(), name, 0));
            }
        }
    }

    /** Both addresses of a pod make one endpoint when the service has two as well. */
    private boolean isDualStack(Resource<Pod> pod) {
        return cluster.world().settings().isOn(Feature.ENABLE_DUAL_STACK)
                && Workloads.podIps(pod).size() > 1
                && service.addresses().byCluster().values().stream().anyMatch(vips -> vips.size() > 1);
    }

    private static boolean isPod(@Nullable ObjectReference target) {
        return target != null && target.kind().equals("Pod");
    }

    private @Nullable Resource<Pod> pod(
            Resource<EndpointSlice> slice, @Nullable ObjectReference target, String address) {
        if (target != null && isPod(target)) {
            String namespace = target.namespace().isEmpty() ? slice.namespace() : target.namespace();
            return cluster.pod(namespace, target.name());
        }
        return cluster.readyPodAt(address);
    }

    private HealthStatus health(@Nullable EndpointConditions conditions) {
        if (conditions == null || isTrueOrUnset(conditions.ready())) {
            return HealthStatus.HEALTHY;
        }
        if (service.kubernetes().persistentSession()
                && isTrueOrUnset(conditions.serving())
                && isTrueOrUnset(conditions.terminating())) {
            return HealthStatus.DRAINING;
        }
        return isTrueOrUnset(conditions.terminating()) ? HealthStatus.TERMINATING : HealthStatus.UNHEALTHY;
    }

    private static boolean isTrueOrUnset(@Nullable Boolean value) {
        return value == null || value;
    }
}
