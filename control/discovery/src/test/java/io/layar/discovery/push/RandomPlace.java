package io.layar.discovery.push;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.layar.config.ConfigSet;
import io.layar.config.Resource;
import io.layar.config.ResourceReader;
import io.layar.config.Validation;
import io.layar.mesh.proxy.NodeMetadata;
import io.layar.mesh.proxy.Proxy;
import io.layar.mesh.service.Locality;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** A mesh with several replicas of each workload and their proxies, the same for the same seed. */
final class RandomPlace {
    private static final String[] APPS = {"web", "cart", "orders"};
    private static final int REPLICAS = 3;

    private final Random random;
    /** By a name of its own, so that one may be changed or taken away. */
    private final Map<String, String> documents = new TreeMap<>();

    RandomPlace(long seed) {
        this.random = new Random(seed);
        for (String app : APPS) {
            service(app);
            for (int i = 0; i < REPLICAS; i++) {
                pod(app, i, "True");
            }
            slice(app);
        }
        for (int i = 0; i < 5; i++) {
            policy();
        }
    }

    /** Changes something: mostly endpoints, now and then more. */
    void change() {
        String app = pick(APPS);
        switch (random.nextInt(5)) {
            case 0 -> policy();
            case 1 -> pod(app, random.nextInt(REPLICAS), pick("True", "False"));
            default -> slice(app);
        }
    }

    private String pick(String... values) {
        return values[random.nextInt(values.length)];
    }

    private static String ip(String app, int replica) {
        return "10.1." + List.of(APPS).indexOf(app) + "." + (replica + 1);
    }

    private void service(String app) {
        documents.put("service " + app, """
            apiVersion: v1
            kind: Service
            metadata: {name: %s, namespace: shop}
            spec: {clusterIP: %s, selector: {app: %s}, ports: [{name: %s, port: %d, targetPort: 8080, protocol: TCP}]}
            """.formatted(
                app,
                random.nextInt(3) == 0 ? "None" : "10.96.0." + (List.of(APPS).indexOf(app) + 1),
                app,
                pick("http", "grpc", "tcp"),
                80 + random.nextInt(2)));
    }

    private void pod(String app, int replica, String ready) {
        documents.put("pod " + app + replica, """
            apiVersion: v1
            kind: Pod
            metadata: {name: %1$s-%2$d, namespace: shop, labels: {app: %1$s, version: v1}}
            spec: {serviceAccountName: %1$s, containers: [{name: app, ports: [{containerPort: 8080, protocol: TCP}]}]}
            status: {phase: Running, podIP: %3$s, podIPs: [{ip: %3$s}], conditions: [{type: Ready, status: '%4$s'}]}
            """.formatted(app, replica, ip(app, replica), ready));
    }

    private void slice(String app) {
        StringBuilder endpoints = new StringBuilder();
        for (int i = 0; i < REPLICAS; i++) {
            if (random.nextInt(4) != 0) {
                endpoints.append(
                        "- {addresses: [%s], conditions: {ready: true}, targetRef: {kind: Pod, name: %s-%d, namespace: shop}}\n"
                                .formatted(ip(app, i), app, i));
            }
        }
        String name = documents.getOrDefault("service " + app, "").contains("name: grpc")
                ? "grpc"
                : documents.getOrDefault("service " + app, "").contains("name: tcp") ? "tcp" : "http";
        documents.put("slice " + app, """
            apiVersion: discovery.k8s.io/v1
            kind: EndpointSlice
            metadata: {name: %1$s, namespace: shop, labels: {kubernetes.io/service-name: %1$s}}
            addressType: IPv4
            ports: [{name: %2$s, port: 8080, protocol: TCP}]
            endpoints:%3$s
            """.formatted(app, name, endpoints.isEmpty() ? " []" : "\n" + endpoints));
    }

    private void policy() {
        String app = pick(APPS);
        String spec = switch (random.nextInt(5)) {
            case 0 ->
                meta("networking.istio.io/v1", "VirtualService", "vs-" + app)
                        + "spec: {hosts: [%s], http: [{match: [{sourceLabels: {app: %s}}], fault: {abort: {httpStatus: 418, percentage: {value: 10}}}, route: [{destination: {host: %s, subset: v1}}]}, {route: [{destination: {host: %s}}]}]}\n"
                                .formatted(app, pick(APPS), app, app);
            case 1 ->
                meta("networking.istio.io/v1", "DestinationRule", "dr-" + app)
                        + "spec: {host: %s, subsets: [{name: v1, labels: {version: v1}}], trafficPolicy: {tls: {mode: %s}, outlierDetection: {consecutive5xxErrors: %d}}}\n"
                                .formatted(app, pick("DISABLE", "ISTIO_MUTUAL"), 1 + random.nextInt(5));
            case 2 ->
                meta("networking.istio.io/v1", "Sidecar", "sidecar-" + app)
                        + "spec: {workloadSelector: {labels: {app: %s}}, egress: [{hosts: ['%s']}]%s}\n"
                                .formatted(
                                        app,
                                        pick("./*", "*/*"),
                                        pick(
                                                "",
                                                ", ingress: [{port: {number: 8080, name: http, protocol: HTTP},"
                                                        + " defaultEndpoint: '127.0.0.1:8081'}]"));
            case 3 ->
                meta("security.istio.io/v1", "PeerAuthentication", "pa-" + app)
                        + "spec: {selector: {matchLabels: {app: %s}}, mtls: {mode: %s}}\n"
                                .formatted(app, pick("STRICT", "DISABLE", "PERMISSIVE"));
            default ->
                meta("telemetry.istio.io/v1", "Telemetry", "telemetry-" + app)
                        + "spec: {selector: {matchLabels: {app: %s}}, accessLogging: [{providers: [{name: envoy}]}]}\n"
                                .formatted(app);
        };
        documents.put("policy " + spec.substring(0, spec.indexOf("spec:")), spec);
    }

    private static String meta(String apiVersion, String kind, String name) {
        return "apiVersion: %s\nkind: %s\nmetadata: {name: %s, namespace: shop}\n".formatted(apiVersion, kind, name);
    }

    ConfigSet configs() {
        ResourceReader.Parsed parsed =
                new ResourceReader(Validation.Rules.NONE).read("random.yaml", String.join("---\n", documents.values()));
        if (!parsed.problems().isEmpty()) {
            throw new IllegalStateException(parsed.problems() + " (expected: none)");
        }
        List<Resource<?>> resources = new ArrayList<>(parsed.resources());
        return ConfigSet.copyOf(resources);
    }

    /** A proxy for each pod, a gRPC client beside the first of each workload, and two like gateways. */
    static ImmutableList<Proxy> proxies() {
        var out = ImmutableList.<Proxy>builder();
        for (String app : APPS) {
            for (int i = 0; i < REPLICAS; i++) {
                out.add(proxy("sidecar", app, app + "-" + i, ip(app, i), ""));
            }
            out.add(proxy("sidecar", app, app + "-0", ip(app, 0), "grpc"));
        }
        out.add(proxy("router", "gateway", "gateway-0", "10.1.9.1", ""));
        out.add(proxy("router", "gateway", "gateway-1", "10.1.9.2", ""));
        return out.build();
    }

    private static Proxy proxy(String type, String app, String name, String ip, String generator) {
        ImmutableMap<String, Object> metadata = ImmutableMap.of(
                "NAME",
                name,
                "NAMESPACE",
                "shop",
                "INSTANCE_IPS",
                ip,
                "SERVICE_ACCOUNT",
                app,
                "LABELS",
                ImmutableMap.of("app", app, "version", "v1"),
                "GENERATOR",
                generator);
        return Proxy.of(
                type + "~" + ip + "~" + name + ".shop~shop.svc.cluster.local",
                NodeMetadata.of(metadata),
                new Locality("", "", ""),
                ImmutableSet.of());
    }
}
