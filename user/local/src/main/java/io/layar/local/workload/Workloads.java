package io.layar.local.workload;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.hash.Hashing;
import io.layar.config.ConfigSet;
import io.layar.config.Kinds;
import io.layar.config.Metadata;
import io.layar.config.kubernetes.PodSpec;
import io.layar.config.kubernetes.PodTemplate;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** Deployments, StatefulSets and Pods to the pods that should run. Pure; the same resources give the same names. */
public final class Workloads {
    /** Kubernetes' alphabet of generated names: no vowels, so that no words come out. */
    private static final String ALPHABET = "bcdfghjklmnpqrstvwxz2456789";

    private Workloads() {}

    /** Order: by namespace, workload and number. */
    public static ImmutableList<PodPlan> plans(ConfigSet resources) {
        Map<String, Map<String, String>> namespaces = new TreeMap<>();
        resources
                .of(Kinds.NAMESPACE)
                .forEach(namespace -> namespaces.put(
                        namespace.metadata().name(), namespace.metadata().labels()));
        Map<String, PodPlan> plans = new TreeMap<>();
        Expansion expansion = new Expansion(namespaces, plans);
        resources.of(Kinds.DEPLOYMENT).forEach(deployment -> {
            var spec = deployment.spec().spec();
            if (spec != null && spec.template() != null) {
                expansion.deployment(
                        deployment.metadata(), spec.template(), spec.replicas() == null ? 1 : spec.replicas());
            }
        });
        resources.of(Kinds.STATEFUL_SET).forEach(set -> {
            var spec = set.spec().spec();
            if (spec != null && spec.template() != null) {
                expansion.statefulSet(set.metadata(), spec.template(), spec.replicas() == null ? 1 : spec.replicas());
            }
        });
        resources.of(Kinds.POD).forEach(pod -> {
            PodSpec spec = pod.spec().spec();
            if (spec != null) {
                Metadata own = pod.metadata();
                expansion.pod(own.namespace(), own.name(), own.name(), own.labels(), own.annotations(), spec);
            }
        });
        return ImmutableList.copyOf(plans.values());
    }

    private record Expansion(Map<String, Map<String, String>> namespaces, Map<String, PodPlan> plans) {
        void deployment(Metadata owner, PodTemplate template, int replicas) {
            PodSpec spec = template.spec();
            if (spec == null) {
                return;
            }
            String hash = letters(spec + " " + template.metadata(), 10);
            Map<String, String> labels = new TreeMap<>(labels(template));
            labels.put("pod-template-hash", hash);
            for (int number = 0; number < replicas; number++) {
                String name = owner.name() + "-" + hash + "-" + letters(owner.name() + hash + number, 5);
                pod(owner.namespace(), name, owner.name(), labels, annotations(template), spec);
            }
        }

        void statefulSet(Metadata owner, PodTemplate template, int replicas) {
            PodSpec spec = template.spec();
            if (spec == null) {
                return;
            }
            for (int number = 0; number < replicas; number++) {
                String name = owner.name() + "-" + number;
                Map<String, String> labels = new TreeMap<>(labels(template));
                labels.put("statefulset.kubernetes.io/pod-name", name);
                pod(owner.namespace(), name, owner.name(), labels, annotations(template), spec);
            }
        }

        void pod(
                String namespace,
                String name,
                String workload,
                Map<String, String> labels,
                Map<String, String> annotations,
                PodSpec spec) {
            PodPlan.Role role = Injection.role(namespaces.getOrDefault(namespace, Map.of()), labels, annotations, spec);
            var all = role == PodPlan.Role.PLAIN ? ImmutableMap.copyOf(labels) : Injection.labelled(labels, workload);
            PodPlan plan = new PodPlan(name, namespace, workload, all, ImmutableMap.copyOf(annotations), spec, role);
            plans.put(plan.key(), plan);
        }

        private static Map<String, String> labels(PodTemplate template) {
            return template.metadata() == null ? Map.of() : template.metadata().labels();
        }

        private static Map<String, String> annotations(PodTemplate template) {
            return template.metadata() == null ? Map.of() : template.metadata().annotations();
        }
    }

    private static String letters(String seed, int length) {
        byte[] hash = Hashing.sha256().hashString(seed, StandardCharsets.UTF_8).asBytes();
        StringBuilder out = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            out.append(ALPHABET.charAt(Math.floorMod(hash[i], ALPHABET.length())));
        }
        return out.toString();
    }
}
