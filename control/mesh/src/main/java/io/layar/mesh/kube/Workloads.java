package io.layar.mesh.kube;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.net.InetAddresses;
import io.layar.config.Resource;
import io.layar.config.kubernetes.Container;
import io.layar.config.kubernetes.Pod;
import io.layar.config.kubernetes.PodSpec;
import io.layar.config.kubernetes.PodStatus;
import io.layar.config.networking.WorkloadEntry;
import io.layar.mesh.Feature;
import io.layar.mesh.service.Endpoint;
import io.layar.mesh.service.HealthStatus;
import io.layar.mesh.service.Locality;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Pods and WorkloadEntries as workloads. */
final class Workloads {
    static final String UNIX_PREFIX = "unix://";
    static final String TLS_DISABLED = "disabled";
    private static final String TLS_ISTIO = "istio";
    private static final String GROUP_ANNOTATION = "istio.io/autoRegistrationGroup";

    private final World world;
    private final NetworkLookup networks;
    private final ImmutableMap<String, Map<String, String>> nodeLabels;

    Workloads(World world, ImmutableMap<String, Map<String, String>> nodeLabels) {
        this.world = world;
        this.networks = new NetworkLookup(world);
        this.nodeLabels = nodeLabels;
    }

    /** A pod's endpoint at {@code address}; a null pod is an endpoint of which nothing else is known. */
    Endpoint podEndpoint(@Nullable Resource<Pod> pod, String address) {
        String clusterId = world.settings().clusterId();
        if (pod == null) {
            String network = networks.of(address, Map.of());
            var labels = TopologyLabels.augment(Map.of(), clusterId, Locality.NONE, "", network);
            return endpoint(ImmutableList.of(address), labels, Owner.NOBODY, network, Locality.NONE, TLS_DISABLED);
        }
        PodSpec spec = pod.spec().spec();
        var meta = pod.metadata();
        String node = spec == null ? "" : spec.nodeName();
        Locality locality = podLocality(meta.labels(), node);
        String podIp = podIp(pod);
        String network = networks.of(podIp.isEmpty() ? address : podIp, meta.labels());
        var labels = TopologyLabels.augment(meta.labels(), clusterId, locality, node, network);
        String account = spec == null ? "" : spec.serviceAccountName();
        Endpoint plain = endpoint(
                ImmutableList.of(address),
                labels,
                new Owner(
                        meta.namespace(),
                        WorkloadNames.of(pod),
                        KubeServices.spiffe(world.mesh().trustDomain(), meta.namespace(), account)),
                network,
                locality,
                meta.labels().getOrDefault(Endpoint.TLS_MODE_LABEL, TLS_DISABLED));
        return withPodNames(plain, pod, spec, node);
    }

    private static Endpoint withPodNames(Endpoint plain, Resource<Pod> pod, @Nullable PodSpec spec, String node) {
        String subdomain = spec == null ? "" : spec.subdomain();
        String hostname = subdomain.isEmpty() || spec == null
                ? ""
                : spec.hostname().isEmpty() ? pod.metadata().name() : spec.hostname();
        boolean tunnel = "enabled".equals(pod.metadata().annotations().get("ambient.istio.io/redirection"))
                || "http".equals(pod.metadata().labels().get("networking.istio.io/tunnel"));
        return new Endpoint(
                plain.addresses(),
                0,
                "",
                0,
                plain.labels(),
                plain.namespace(),
                plain.workloadName(),
                plain.serviceAccount(),
                plain.network(),
                plain.locality(),
                plain.clusterId(),
                0,
                plain.tlsMode(),
                HealthStatus.HEALTHY,
                hostname,
                subdomain,
                node,
                tunnel);
    }

    /** Whose endpoint it is. */
    private record Owner(String namespace, String workload, String account) {
        static final Owner NOBODY = new Owner("", "", "");
    }

    private Endpoint endpoint(
            ImmutableList<String> addresses,
            ImmutableSortedMap<String, String> labels,
            Owner owner,
            String network,
            Locality locality,
            String tlsMode) {
        return new Endpoint(
                addresses,
                0,
                "",
                0,
                labels,
                owner.namespace(),
                owner.workload(),
                owner.account(),
                network,
                locality,
                world.settings().clusterId(),
                0,
                tlsMode,
                HealthStatus.HEALTHY,
                "",
                "",
                "",
                false);
    }

    private Locality podLocality(Map<String, String> labels, String node) {
        Locality declared = TopologyLabels.declared(labels);
        if (!declared.isEmpty()) {
            return declared;
        }
        return TopologyLabels.ofNode(nodeLabels.getOrDefault(node, Map.of()));
    }

    static String podIp(Resource<Pod> pod) {
        PodStatus status = pod.spec().status();
        return status == null ? "" : status.podIP();
    }

    /** All addresses of the pod, the first one first. */
    static ImmutableList<String> podIps(Resource<Pod> pod) {
        PodStatus status = pod.spec().status();
        if (status == null) {
            return ImmutableList.of();
        }
        return status.podIPs().isEmpty()
                ? status.podIP().isEmpty() ? ImmutableList.of() : ImmutableList.of(status.podIP())
                : status.podIPs().stream().map(PodStatus.PodIP::ip).collect(ImmutableList.toImmutableList());
    }

    /** Does the pod run and answer, so that ServiceEntries may select it? */
    static boolean isReady(Resource<Pod> pod) {
        PodStatus status = pod.spec().status();
        if (status == null || status.podIP().isEmpty()) {
            return false;
        }
        return !status.phase().equals("Failed")
                && !status.phase().equals("Succeeded")
                && status.conditions().stream()
                        .anyMatch(c -> c.type().equals("Ready") && c.status().equals("True"));
    }

    Workload ofPod(Resource<Pod> pod) {
        Endpoint endpoint = podEndpoint(pod, podIp(pod));
        if (world.settings().isOn(Feature.ENABLE_DUAL_STACK) && podIps(pod).size() > 1) {
            endpoint = endpoint.withAddresses(podIps(pod));
        }
        Map<String, Integer> ports = new LinkedHashMap<>();
        PodSpec spec = pod.spec().spec();
        for (Container container : spec == null ? List.<Container>of() : spec.containers()) {
            for (var port : container.ports()) {
                if (!port.name().isEmpty()
                        && (port.protocol().isEmpty() || port.protocol().equals("TCP"))) {
                    ports.putIfAbsent(port.name(), port.containerPort());
                }
            }
        }
        return new Workload(
                Workload.Kind.POD,
                pod.metadata().namespace(),
                pod.metadata().name(),
                endpoint,
                ImmutableMap.copyOf(ports),
                false,
                Origin.of(pod));
    }

    Workload ofEntry(Resource<WorkloadEntry> entry) {
        var meta = entry.metadata();
        TreeMap<String, String> labels = new TreeMap<>(entry.spec().labels());
        labels.putAll(meta.labels());
        String workloadName = meta.annotations()
                .getOrDefault(GROUP_ANNOTATION, labels.getOrDefault(WorkloadNames.LABEL, meta.name()));
        return ofEntry(
                entry.spec(), labels, new EntryName(meta.namespace(), meta.name(), workloadName, Origin.of(entry)));
    }

    /** Of an endpoint that a ServiceEntry lists itself. */
    Workload inline(WorkloadEntry entry, String namespace, String name, String origin) {
        return ofEntry(entry, entry.labels(), new EntryName(namespace, name, name, origin));
    }

    private record EntryName(String namespace, String name, String workloadName, String origin) {}

    private Workload ofEntry(WorkloadEntry entry, Map<String, String> labels, EntryName name) {
        String address = entry.address();
        boolean dnsOnly = !address.isEmpty() && !InetAddresses.isInetAddress(address);
        String network = entry.network().isEmpty() ? networks.of(address, labels) : entry.network();
        Locality locality =
                entry.locality().isEmpty() ? TopologyLabels.declared(labels) : Locality.parse(entry.locality());
        String account = entry.serviceAccount().isEmpty()
                ? ""
                : KubeServices.spiffe(world.mesh().trustDomain(), name.namespace, entry.serviceAccount());
        String tlsMode = labels.getOrDefault(
                Endpoint.TLS_MODE_LABEL, entry.serviceAccount().isEmpty() ? TLS_DISABLED : TLS_ISTIO);
        Endpoint endpoint = endpoint(
                        ImmutableList.of(address),
                        TopologyLabels.augment(labels, world.settings().clusterId(), locality, "", network),
                        new Owner(name.namespace, name.workloadName, account),
                        entry.network(),
                        locality,
                        tlsMode)
                .withWeight(entry.weight())
                .withHealth(HealthStatus.UNKNOWN);
        return new Workload(
                Workload.Kind.WORKLOAD_ENTRY, name.namespace, name.name, endpoint, entry.ports(), dnsOnly, name.origin);
    }
}
