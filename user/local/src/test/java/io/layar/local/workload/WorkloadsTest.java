package io.layar.local.workload;

import static org.assertj.core.api.Assertions.assertThat;

import io.layar.config.ConfigSet;
import io.layar.config.ResourceReader;
import io.layar.config.Validation;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorkloadsTest {
    private static List<PodPlan> plans(String yaml) {
        var parsed = new ResourceReader(Validation.Rules.NONE).read("test.yaml", yaml);
        assertThat(parsed.problems()).isEmpty();
        return Workloads.plans(ConfigSet.copyOf(parsed.resources()));
    }

    private static String deployment(String name, int replicas, String labels, String container) {
        return """
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: %s, namespace: default}
            spec:
              replicas: %d
              template:
                metadata: {labels: {%s}}
                spec: {containers: [{name: %s, image: any}]}
            """.formatted(name, replicas, labels, container);
    }

    private static final String INJECTED = """
        apiVersion: v1
        kind: Namespace
        metadata: {name: default, labels: {istio-injection: enabled}}
        """;

    @Test
    void aDeploymentHasAsManyPodsAsReplicas() {
        List<PodPlan> plans = plans(INJECTED + deployment("web", 3, "app: web", "c"));
        assertThat(plans).hasSize(3).allMatch(plan -> plan.role() == PodPlan.Role.SIDECAR);
        assertThat(plans.stream().map(PodPlan::name).distinct()).hasSize(3).allMatch(name -> name.startsWith("web-"));
    }

    @Test
    void theSameDeploymentGivesTheSameNames() {
        String yaml = INJECTED + deployment("web", 2, "app: web", "c");
        assertThat(plans(yaml)).isEqualTo(plans(yaml));
    }

    @Test
    void aChangedTemplateGivesOtherPods() {
        var before = plans(INJECTED + deployment("web", 1, "app: web", "c"));
        var after = plans(INJECTED + deployment("web", 1, "app: web, version: v2", "c"));
        assertThat(after.getFirst().name()).isNotEqualTo(before.getFirst().name());
    }

    @Test
    void thePodsOwnWordBeatsTheNamespaces() {
        var plans = plans(INJECTED + deployment("web", 1, "app: web, sidecar.istio.io/inject: 'false'", "c"));
        assertThat(plans.getFirst().role()).isEqualTo(PodPlan.Role.PLAIN);
    }

    @Test
    void aNamespaceWithoutInjectionHasPlainPods() {
        assertThat(plans(deployment("web", 1, "app: web", "c")).getFirst().role())
                .isEqualTo(PodPlan.Role.PLAIN);
    }

    @Test
    void aPodThatIsNothingButAProxyIsAGateway() {
        var plans = plans(deployment("edge", 1, "istio: ingressgateway", "istio-proxy"));
        assertThat(plans.getFirst().role()).isEqualTo(PodPlan.Role.GATEWAY);
    }

    @Test
    void injectionNamesTheCanonicalService() {
        var plan = plans(INJECTED + deployment("web-v1", 1, "app: web, version: v1", "c"))
                .getFirst();
        assertThat(plan.labels())
                .containsEntry("service.istio.io/canonical-name", "web")
                .containsEntry("service.istio.io/canonical-revision", "v1");
    }
}
