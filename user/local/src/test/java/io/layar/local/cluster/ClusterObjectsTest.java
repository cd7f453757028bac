package io.layar.local.cluster;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import io.layar.config.ConfigDelta;
import io.layar.config.ConfigSet;
import io.layar.config.Kinds;
import io.layar.config.Resource;
import io.layar.config.ResourceKey;
import io.layar.config.ResourceReader;
import io.layar.config.Validation;
import io.layar.local.workload.Workloads;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ClusterObjectsTest {
    private static final String YAML = """
        apiVersion: v1
        kind: Service
        metadata: {name: web, namespace: default}
        spec:
          selector: {app: web}
          ports: [{name: http, port: 80, targetPort: http}, {name: tcp, port: 9000}]
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: other, namespace: shop}
        spec: {clusterIP: None, selector: {app: none}, ports: [{port: 1}]}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: web-1, namespace: default, labels: {app: web}}
        spec:
          containers: [{name: c, image: any, ports: [{name: http, containerPort: 8080}]}]
        """;

    private final ConfigSet resources = ConfigSet.copyOf(
            new ResourceReader(Validation.Rules.NONE).read("test.yaml", YAML).resources());

    private List<Resource<?>> objects(boolean ready, boolean terminating) {
        var plan = Workloads.plans(resources).getFirst();
        return new ClusterObjects().of(resources, List.of(new PodObservation(plan, "10.0.0.9", ready, terminating)));
    }

    private ConfigSet all(List<Resource<?>> own) {
        Map<ResourceKey, Resource<?>> byKey = new TreeMap<>();
        own.forEach(resource -> byKey.put(resource.key(), resource));
        return resources.apply(new ConfigDelta(ImmutableSortedMap.copyOf(byKey), ImmutableSortedSet.of()));
    }

    @Test
    void aServiceWithoutAnAddressGetsOneAndKeepsItsPorts() {
        var service = all(objects(true, false)).get(Kinds.SERVICE, "default", "web");
        var spec = requireNonNull(requireNonNull(service).spec().spec());
        assertThat(spec.clusterIP()).startsWith("10.96.");
        assertThat(spec.ports()).hasSize(2);
        assertThat(spec.selector()).containsEntry("app", "web");
    }

    @Test
    void anEndpointSliceNamesTheReadyPodAtItsTargetPorts() {
        var slice = all(objects(true, false))
                .of(Kinds.ENDPOINT_SLICE)
                .iterator()
                .next()
                .spec();
        assertThat(slice.ports()).extracting("port").containsExactly(8080, 9000);
        assertThat(slice.endpoints().getFirst().addresses()).containsExactly("10.0.0.9");
        assertThat(slice.endpoints().getFirst().conditions())
                .extracting("ready", "terminating")
                .containsExactly(true, false);
    }

    @Test
    void aLeavingPodIsMarkedTerminatingAndNotReady() {
        var slice = all(objects(true, true))
                .of(Kinds.ENDPOINT_SLICE)
                .iterator()
                .next()
                .spec();
        assertThat(slice.endpoints().getFirst().conditions())
                .extracting("ready", "terminating")
                .containsExactly(false, true);
    }

    @Test
    void podsResolveServicesByShortAndLongNames() {
        ConfigSet all = all(objects(true, false));
        var names = new ClusterObjects().hostNames(all);
        assertThat(names).containsKeys("web", "web.default", "web.default.svc", "web.default.svc.cluster.local");
        assertThat(names).doesNotContainKey("other");
    }
}
