package io.layar.mesh;

import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import io.layar.config.ConfigDelta;
import io.layar.config.ConfigSet;
import io.layar.config.Resource;
import io.layar.config.ResourceKey;
import io.layar.config.ResourceReader;
import io.layar.config.Validation;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;

/** Small meshes and changes of them, the same for the same seed. */
final class RandomMesh {
    private static final String[] NAMESPACES = {"shop", "data", "istio-system"};
    private static final String[] APPS = {"web", "cart", "orders"};

    private final Random random;
    private final ResourceReader reader = new ResourceReader(Validation.Rules.NONE);

    RandomMesh(long seed) {
        this.random = new Random(seed);
    }

    ConfigSet configs() {
        List<Resource<?>> all = new ArrayList<>();
        for (int i = random.nextInt(25); i >= 0; i--) {
            all.addAll(resource());
        }
        return ConfigSet.copyOf(all);
    }

    /** A few objects put, changed or removed. */
    ConfigDelta delta(ConfigSet before) {
        TreeMap<ResourceKey, Resource<?>> updated = new TreeMap<>();
        TreeSet<ResourceKey> removed = new TreeSet<>();
        for (ResourceKey key : before.all().keySet()) {
            if (random.nextInt(10) == 0) {
                removed.add(key);
            }
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            resource().forEach(r -> updated.put(r.key(), r));
        }
        removed.removeAll(updated.keySet());
        return new ConfigDelta(ImmutableSortedMap.copyOf(updated), ImmutableSortedSet.copyOf(removed));
    }

    private List<Resource<?>> resource() {
        String yaml = switch (random.nextInt(11)) {
            case 0 -> namespace();
            case 1 -> service();
            case 2 -> pod();
            case 3 -> slice();
            case 4 -> serviceEntry();
            case 5 -> workloadEntry();
            case 6 -> virtualService();
            case 7 -> destinationRule();
            case 8 -> sidecar();
            case 9 -> peerAuthentication();
            default -> node();
        };
        ResourceReader.Parsed parsed = reader.read("random.yaml", yaml);
        if (!parsed.problems().isEmpty() || parsed.resources().isEmpty()) {
            throw new IllegalStateException(parsed.problems() + " (expected: none) in\n" + yaml);
        }
        return parsed.resources();
    }

    private String pick(String... values) {
        return values[random.nextInt(values.length)];
    }

    private String meta(String apiVersion, String kind, String name) {
        return """
            apiVersion: %s
            kind: %s
            metadata: {name: %s, namespace: %s, labels: {app: %s, v: v%d}}
            """.formatted(apiVersion, kind, name, pick(NAMESPACES), pick(APPS), random.nextInt(2));
    }

    private String namespace() {
        return "apiVersion: v1\nkind: Namespace\nmetadata: {name: %s, labels: {team: %s}}\n"
                .formatted(pick(NAMESPACES), pick("a", "b"));
    }

    private String node() {
        return "apiVersion: v1\nkind: Node\nmetadata: {name: node-%d, labels: {topology.kubernetes.io/region: %s}}\n"
                .formatted(random.nextInt(2), pick("east", "west"));
    }

    private String service() {
        String ip = random.nextInt(4) == 0 ? "None" : "10.96.0." + random.nextInt(20);
        return meta("v1", "Service", pick(APPS))
                + "spec: {clusterIP: %s, selector: {app: %s}, ports: [{name: %s, port: %d}]}\n"
                        .formatted(ip, pick(APPS), pick("http", "tcp"), 80 + random.nextInt(3));
    }

    private String pod() {
        return meta("v1", "Pod", "pod-" + random.nextInt(4))
                + ("spec: {nodeName: node-%d, serviceAccountName: %s, containers: []}\n"
                      + "status: {podIP: 10.1.0.%d, phase: Running, conditions: [{type: Ready, status: '%s'}]}\n")
                        .formatted(random.nextInt(2), pick(APPS), random.nextInt(5), pick("True", "False"));
    }

    private String slice() {
        return """
            apiVersion: discovery.k8s.io/v1
            kind: EndpointSlice
            metadata: {name: slice-%d, namespace: %s, labels: {kubernetes.io/service-name: %s}}
            addressType: IPv4
            endpoints: [{addresses: [10.1.0.%d], conditions: {ready: %s}}]
            ports: [{name: http, port: 8080}]
            """.formatted(random.nextInt(4), pick(NAMESPACES), pick(APPS), random.nextInt(5), pick("true", "false"));
    }

    private String serviceEntry() {
        String endpoints = random.nextBoolean()
                ? "workloadSelector: {labels: {app: %s}}".formatted(pick(APPS))
                : "endpoints: [{address: 192.0.2.%d}]".formatted(random.nextInt(5));
        return meta("networking.istio.io/v1", "ServiceEntry", "entry-" + random.nextInt(3))
                + "spec: {hosts: [%s.example], ports: [{number: 80, name: http, protocol: HTTP}], resolution: %s, %s}\n"
                        .formatted(pick(APPS), pick("STATIC", "DNS"), endpoints);
    }

    private String workloadEntry() {
        return meta("networking.istio.io/v1", "WorkloadEntry", "vm-" + random.nextInt(3))
                + "spec: {address: 203.0.113.%d, labels: {app: %s}, weight: %d}\n"
                        .formatted(random.nextInt(5), pick(APPS), random.nextInt(3));
    }

    private String virtualService() {
        return meta("networking.istio.io/v1", "VirtualService", "vs-" + random.nextInt(3))
                + "spec: {hosts: [%s], exportTo: ['%s'], http: [{route: [{destination: {host: %s}}]}]}\n"
                        .formatted(pick(APPS), pick("*", "."), pick(APPS));
    }

    private String destinationRule() {
        return meta("networking.istio.io/v1", "DestinationRule", "dr-" + random.nextInt(3))
                + "spec: {host: %s, subsets: [{name: v%d, labels: {v: v1}}], trafficPolicy: {tls: {mode: %s}}}\n"
                        .formatted(pick(APPS), random.nextInt(2), pick("DISABLE", "ISTIO_MUTUAL"));
    }

    private String sidecar() {
        return meta("networking.istio.io/v1", "Sidecar", "sidecar-" + random.nextInt(2))
                + "spec: {egress: [{hosts: ['%s']}]}\n".formatted(pick("./*", "*/*", "data/*"));
    }

    private String peerAuthentication() {
        return meta("security.istio.io/v1", "PeerAuthentication", "pa-" + random.nextInt(2))
                + "spec: {mtls: {mode: %s}}\n".formatted(pick("STRICT", "DISABLE", "PERMISSIVE"));
    }
}
