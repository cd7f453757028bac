package io.layar.bench;

import io.layar.config.ConfigSet;
import io.layar.config.Resource;
import io.layar.config.ResourceReader;
import io.layar.config.Validation;
import java.util.List;

/** Configurations of a size: the YAML that a person would write, many times over. */
final class Shapes {
    private static final ResourceReader READER = new ResourceReader(Validation.Rules.NONE);

    private Shapes() {}

    /** One object. */
    static Resource<?> read(String yaml) {
        return all(yaml).getFirst();
    }

    private static List<Resource<?>> all(String yaml) {
        ResourceReader.Parsed parsed = READER.read("bench.yaml", yaml);
        if (parsed.hasErrors()) {
            throw new IllegalStateException(parsed.problems().toString());
        }
        return parsed.resources();
    }

    /** Services {@code svc-0} and on with one port and one pod each; the address of pod i is {@link #address}. */
    static ConfigSet services(int count, String portName) {
        StringBuilder yaml = new StringBuilder();
        for (int i = 0; i < count; i++) {
            yaml.append(service(i, portName))
                    .append("---\n")
                    .append(slice(i, address(i)))
                    .append("---\n");
        }
        return ConfigSet.copyOf(all(yaml.toString()));
    }

    static String address(int i) {
        return "10." + (1 + i / 62500) + "." + (i / 250 % 250) + "." + (1 + i % 250);
    }

    static String host(int i) {
        return "svc-" + i + ".bench.svc.cluster.local";
    }

    private static String service(int i, String portName) {
        return """
            apiVersion: v1
            kind: Service
            metadata: {name: svc-%d, namespace: bench}
            spec:
              clusterIP: 10.96.%d.%d
              selector: {app: svc-%d}
              ports: [{name: %s, port: %d, protocol: TCP, targetPort: 8080}]
            """.formatted(i, i / 250, 1 + i % 250, i, portName, portName.equals("http") ? 8080 : 9000 + i);
    }

    static String slice(int i, String address) {
        return """
            apiVersion: discovery.k8s.io/v1
            kind: EndpointSlice
            metadata: {name: svc-%d-a, namespace: bench, labels: {kubernetes.io/service-name: svc-%d}}
            addressType: IPv4
            ports: [{name: http, port: 8080, protocol: TCP}]
            endpoints: [{addresses: ["%s"], conditions: {ready: true}}]
            """.formatted(i, i, address);
    }

    static String virtualService(int i, int weight) {
        return """
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: svc-%1$d, namespace: bench}
            spec:
              hosts: [svc-%1$d.bench.svc.cluster.local]
              http:
              - timeout: %2$ds
                route: [{destination: {host: svc-%1$d.bench.svc.cluster.local}}]
            """.formatted(i, weight);
    }

    /** One Gateway with this many hosts, and a VirtualService for each. */
    static ConfigSet gatewayHosts(int hosts) {
        StringBuilder yaml = new StringBuilder("""
            apiVersion: v1
            kind: Service
            metadata: {name: gateway, namespace: bench}
            spec:
              clusterIP: 10.97.0.1
              selector: {istio: gateway}
              ports: [{name: http2, port: 80, protocol: TCP, targetPort: 8080}]
            ---
            apiVersion: networking.istio.io/v1
            kind: Gateway
            metadata: {name: gateway, namespace: bench}
            spec:
              selector: {istio: gateway}
              servers:
              - port: {number: 80, name: http, protocol: HTTP}
                hosts:
            """);
        for (int i = 0; i < hosts; i++) {
            yaml.append("    - h").append(i).append(".example.com\n");
        }
        yaml.append("---\n");
        for (int i = 0; i < hosts; i++) {
            yaml.append("""
                apiVersion: networking.istio.io/v1
                kind: VirtualService
                metadata: {name: h%1$d, namespace: bench}
                spec:
                  hosts: [h%1$d.example.com]
                  gateways: [gateway]
                  http:
                  - match: [{uri: {prefix: /api}}]
                    route: [{destination: {host: svc-%2$d.bench.svc.cluster.local, port: {number: 8080}}}]
                  - route: [{destination: {host: svc-%2$d.bench.svc.cluster.local, port: {number: 8080}}}]
                ---
                """.formatted(i, i % 100));
        }
        for (int i = 0; i < 100; i++) {
            yaml.append(service(i, "http"))
                    .append("---\n")
                    .append(slice(i, address(i)))
                    .append("---\n");
        }
        return ConfigSet.copyOf(all(yaml.toString()));
    }
}
