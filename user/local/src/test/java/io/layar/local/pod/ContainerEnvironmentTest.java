package io.layar.local.pod;

import static org.assertj.core.api.Assertions.assertThat;

import io.layar.config.ConfigSet;
import io.layar.config.ResourceReader;
import io.layar.config.Validation;
import io.layar.local.network.PodAddress;
import io.layar.local.workload.PodPlan;
import io.layar.local.workload.Workloads;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ContainerEnvironmentTest {
    private static final String YAML = """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: settings, namespace: default}
        data: {color: red, size: "3"}
        ---
        apiVersion: v1
        kind: Secret
        metadata: {name: keys, namespace: default}
        data: {token: c2VjcmV0}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: web, namespace: default, labels: {app: web}}
        spec:
          containers:
          - name: c
            image: any
            command: ["run", "$(COLOR)", "$$(COLOR)", "$(UNKNOWN)"]
            args: ["--at=$(ADDRESS)"]
            envFrom:
            - configMapRef: {name: settings}
              prefix: CFG_
            env:
            - {name: COLOR, valueFrom: {configMapKeyRef: {name: settings, key: color}}}
            - {name: TOKEN, valueFrom: {secretKeyRef: {name: keys, key: token}}}
            - {name: ADDRESS, valueFrom: {fieldRef: {fieldPath: status.podIP}}}
            - {name: APP, valueFrom: {fieldRef: {fieldPath: "metadata.labels['app']"}}}
            - {name: BOTH, value: "$(COLOR)-$(APP)"}
        """;

    private final ConfigSet resources = ConfigSet.copyOf(
            new ResourceReader(Validation.Rules.NONE).read("test.yaml", YAML).resources());
    private final PodPlan plan = Workloads.plans(resources).getFirst();
    private final ContainerEnvironment environment =
            new ContainerEnvironment(resources, plan, new PodAddress("10.0.0.9", "10.0.0.9"));
    private final Map<String, String> variables =
            environment.variables(plan.spec().containers().getFirst(), Map.of("PATH", "/bin"));

    @Test
    void variablesComeFromValuesFieldsMapsAndSecrets() {
        assertThat(variables)
                .containsEntry("PATH", "/bin")
                .containsEntry("CFG_size", "3")
                .containsEntry("COLOR", "red")
                .containsEntry("TOKEN", "secret")
                .containsEntry("ADDRESS", "10.0.0.9")
                .containsEntry("APP", "web")
                .containsEntry("BOTH", "red-web");
    }

    @Test
    void commandsAndArgumentsAreExpandedAsAKubeletDoes() {
        assertThat(ContainerEnvironment.commandLine(plan.spec().containers().getFirst(), variables))
                .containsExactly("run", "red", "$(COLOR)", "$(UNKNOWN)", "--at=10.0.0.9");
    }
}
