package io.layar.local.cluster;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.layar.config.ConfigSet;
import io.layar.config.Kinds;
import io.layar.config.Resource;
import io.layar.config.ResourceReader;
import io.layar.config.Validation;
import io.layar.config.kubernetes.Container;
import io.layar.config.kubernetes.IntOrString;
import io.layar.config.kubernetes.Service;
import io.layar.config.kubernetes.ServicePort;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What a cluster's own controllers would add to the user's resources: the Pods with their state, an EndpointSlice for each
 * Service with a selector, and cluster addresses. Thread: the mesh's loop (cluster addresses are remembered).
 */
public final class ClusterObjects {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ResourceReader READER = new ResourceReader(Validation.Rules.NONE);

    private final ClusterAddresses addresses = new ClusterAddresses();

    /** The objects to be put over the user's own; of equal keys these win. */
    public List<Resource<?>> of(ConfigSet resources, Collection<PodObservation> pods) {
        List<ObjectNode> objects = new ArrayList<>();
        for (Resource<Service> service : resources.of(Kinds.SERVICE)) {
            var spec = service.spec().spec();
            if (spec != null && !spec.clusterIP().isEmpty() && !spec.clusterIP().equals("None")) {
                addresses.reserve(spec.clusterIP());
            }
        }
        pods.forEach(pod -> objects.add(pod(pod)));
        for (Resource<Service> service : resources.of(Kinds.SERVICE)) {
            addService(service, pods, objects);
        }
        StringBuilder text = new StringBuilder();
        objects.forEach(object -> text.append(object).append("\n---\n"));
        var parsed = READER.read("<cluster>", text.toString());
        if (!parsed.problems().isEmpty()) {
            throw new IllegalStateException("own objects: " + parsed.problems() + " (expected: no problems)");
        }
        return parsed.resources();
    }

    /** Host names that pods resolve: every service by its short and long names, at its cluster address. */
    public Map<String, String> hostNames(ConfigSet withClusterObjects) {
        Map<String, String> hosts = new TreeMap<>();
        for (Resource<Service> service : withClusterObjects.of(Kinds.SERVICE)) {
            var spec = service.spec().spec();
            if (spec == null || spec.clusterIP().isEmpty() || spec.clusterIP().equals("None")) {
                continue;
            }
            String name = service.metadata().name();
            String inNamespace = name + "." + service.metadata().namespace();
            if (service.metadata().namespace().equals("default")) {
                hosts.put(name, spec.clusterIP());
            } else {
                hosts.putIfAbsent(name, spec.clusterIP());
            }
            hosts.put(inNamespace, spec.clusterIP());
            hosts.put(inNamespace + ".svc", spec.clusterIP());
            hosts.put(inNamespace + ".svc.cluster.local", spec.clusterIP());
        }
        return hosts;
    }

    private void addService(Resource<Service> service, Collection<PodObservation> pods, List<ObjectNode> objects) {
        var spec = service.spec().spec();
        if (spec == null || spec.type().equals("ExternalName")) {
            return;
        }
        if (spec.clusterIP().isEmpty()) {
            objects.add(serviceWithAddress(service, spec));
        }
        if (!spec.selector().isEmpty()) {
            List<PodObservation> selected = pods.stream()
                    .filter(pod ->
                            pod.plan().namespace().equals(service.metadata().namespace()))
                    .filter(pod -> pod.plan()
                            .labels()
                            .entrySet()
                            .containsAll(spec.selector().entrySet()))
                    .toList();
            objects.addAll(slices(service, spec, selected));
        }
    }

    private ObjectNode serviceWithAddress(Resource<Service> service, Service.ServiceSpec spec) {
        ObjectNode object = object(
                "v1",
                "Service",
                service.metadata().namespace(),
                service.metadata().name());
        ObjectNode metadata = (ObjectNode) object.get("metadata");
        service.metadata().labels().forEach(metadata.putObject("labels")::put);
        service.metadata().annotations().forEach(metadata.putObject("annotations")::put);
        String address =
                addresses.of(service.metadata().namespace(), service.metadata().name());
        ObjectNode json = object.putObject("spec");
        json.put("type", spec.type().isEmpty() ? "ClusterIP" : spec.type()).put("clusterIP", address);
        json.putArray("clusterIPs").add(address);
        spec.selector().forEach(json.putObject("selector")::put);
        json.put("publishNotReadyAddresses", spec.publishNotReadyAddresses());
        if (spec.trafficDistribution() != null) {
            json.put("trafficDistribution", spec.trafficDistribution());
        }
        spec.externalIPs().forEach(json.putArray("externalIPs")::add);
        ArrayNode ports = json.putArray("ports");
        for (ServicePort port : spec.ports()) {
            ObjectNode entry = ports.addObject().put("name", port.name()).put("port", port.port());
            entry.put("protocol", port.protocol().isEmpty() ? "TCP" : port.protocol());
            if (port.appProtocol() != null) {
                entry.put("appProtocol", port.appProtocol());
            }
            put(entry, "targetPort", port.targetPort());
        }
        return object;
    }

    private static void put(ObjectNode json, String field, @org.jspecify.annotations.Nullable IntOrString port) {
        if (port != null && port.number() != null) {
            json.put(field, port.number());
        } else if (port != null) {
            json.put(field, port.toString());
        }
    }

    /** Pods whose target ports differ (a named port at two numbers) go into slices of their own, as in Kubernetes. */
    private static Collection<ObjectNode> slices(
            Resource<Service> service, Service.ServiceSpec spec, List<PodObservation> pods) {
        Map<List<Integer>, ObjectNode> byPorts = new LinkedHashMap<>();
        for (PodObservation pod : pods) {
            List<Integer> targets =
                    spec.ports().stream().map(port -> target(port, pod)).toList();
            ObjectNode slice = byPorts.computeIfAbsent(targets, ports -> slice(service, spec, ports, byPorts.size()));
            ObjectNode endpoint = ((ArrayNode) slice.get("endpoints")).addObject();
            endpoint.putArray("addresses").add(pod.address());
            boolean ready = pod.ready() && !pod.terminating();
            endpoint.putObject("conditions")
                    .put("ready", ready || spec.publishNotReadyAddresses())
                    .put("serving", ready)
                    .put("terminating", pod.terminating());
            endpoint.put("nodeName", "local");
            endpoint.putObject("targetRef")
                    .put("kind", "Pod")
                    .put("name", pod.plan().name())
                    .put("namespace", pod.plan().namespace());
        }
        return byPorts.values();
    }

    private static ObjectNode slice(
            Resource<Service> service, Service.ServiceSpec spec, List<Integer> targets, int number) {
        String name = service.metadata().name();
        ObjectNode slice = object(
                "discovery.k8s.io/v1", "EndpointSlice", service.metadata().namespace(), name + "-local" + number);
        ((ObjectNode) slice.get("metadata")).putObject("labels").put("kubernetes.io/service-name", name);
        slice.put("addressType", "IPv4");
        slice.putArray("endpoints");
        ArrayNode ports = slice.putArray("ports");
        for (int i = 0; i < targets.size(); i++) {
            ServicePort port = spec.ports().get(i);
            if (targets.get(i) > 0) {
                ports.addObject()
                        .put("name", port.name())
                        .put("port", targets.get(i))
                        .put("protocol", port.protocol().isEmpty() ? "TCP" : port.protocol());
            }
        }
        return slice;
    }

    /** The pod's port behind a service port; 0 when a named port is not among the containers' ports. */
    private static int target(ServicePort port, PodObservation pod) {
        IntOrString target = port.targetPort();
        if (target == null) {
            return port.port();
        }
        if (target.number() != null) {
            return target.number();
        }
        return pod.plan().spec().containers().stream()
                .flatMap(container -> container.ports().stream())
                .filter(candidate -> candidate.name().equals(target.name()))
                .map(Container.ContainerPort::containerPort)
                .findFirst()
                .orElse(0);
    }

    private static ObjectNode pod(PodObservation pod) {
        ObjectNode object =
                object("v1", "Pod", pod.plan().namespace(), pod.plan().name());
        ObjectNode metadata = (ObjectNode) object.get("metadata");
        pod.plan().labels().forEach(metadata.putObject("labels")::put);
        pod.plan().annotations().forEach(metadata.putObject("annotations")::put);
        if (!Objects.equals(pod.plan().workload(), pod.plan().name())) {
            String set = pod.plan().workload() + "-" + pod.plan().labels().getOrDefault("pod-template-hash", "0");
            metadata.put("generateName", set + "-");
            metadata.putArray("ownerReferences")
                    .addObject()
                    .put("apiVersion", "apps/v1")
                    .put("kind", "ReplicaSet")
                    .put("name", set)
                    .put("uid", "0")
                    .put("controller", true);
        }
        ObjectNode spec = object.putObject("spec");
        spec.put("serviceAccountName", pod.plan().serviceAccount()).put("nodeName", "local");
        ArrayNode containers = spec.putArray("containers");
        for (Container container : pod.plan().spec().containers()) {
            ObjectNode entry = containers.addObject().put("name", container.name());
            ArrayNode ports = entry.putArray("ports");
            container.ports().forEach(port -> {
                ObjectNode one = ports.addObject().put("containerPort", port.containerPort());
                if (!port.name().isEmpty()) {
                    one.put("name", port.name());
                }
            });
        }
        ObjectNode status = object.putObject("status");
        status.put("phase", "Running").put("podIP", pod.address());
        status.putArray("podIPs").addObject().put("ip", pod.address());
        status.putArray("conditions").addObject().put("type", "Ready").put("status", pod.ready() ? "True" : "False");
        return object;
    }

    private static ObjectNode object(String apiVersion, String kind, String namespace, String name) {
        ObjectNode object =
                JSON.createObjectNode().put("apiVersion", apiVersion).put("kind", kind);
        object.putObject("metadata").put("name", name).put("namespace", namespace);
        return object;
    }
}
