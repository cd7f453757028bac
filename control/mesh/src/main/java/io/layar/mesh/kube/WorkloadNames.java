package io.layar.mesh.kube;

import io.layar.config.Resource;
import io.layar.config.kubernetes.Pod;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The name of the workload that a pod belongs to: its deployment, its job, itself. */
public final class WorkloadNames {
    static final String LABEL = "service.istio.io/workload-name";
    private static final Pattern CRON_JOB = Pattern.compile("(.+)-\\d{8,10}$");

    private WorkloadNames() {}

    static String of(Resource<Pod> pod) {
        String label = pod.metadata().labels().get(LABEL);
        return label == null ? byOwner(pod) : label;
    }

    private static String byOwner(Resource<Pod> pod) {
        var meta = pod.metadata();
        if (meta.generateName().isEmpty()) {
            return meta.name();
        }
        for (var owner : meta.ownerReferences()) {
            if (Boolean.TRUE.equals(owner.controller())) {
                return ofController(owner.kind(), owner.name(), meta.labels());
            }
        }
        return meta.name();
    }

    private static String ofController(String kind, String name, Map<String, String> labels) {
        switch (kind) {
            case "ReplicaSet" -> {
                for (String label : new String[] {"pod-template-hash", "rollouts-pod-template-hash"}) {
                    String hash = labels.getOrDefault(label, "");
                    if (!hash.isEmpty() && name.endsWith(hash)) {
                        return name.endsWith("-" + hash) ? name.substring(0, name.length() - hash.length() - 1) : name;
                    }
                }
                return name;
            }
            case "ReplicationController" -> {
                return labels.getOrDefault("deploymentconfig", name);
            }
            case "Job" -> {
                Matcher m = CRON_JOB.matcher(name);
                return m.matches() ? m.group(1) : name;
            }
            default -> {
                return name;
            }
        }
    }
}
