package io.layar.local.pod;

import io.layar.config.ConfigSet;
import io.layar.config.Kinds;
import io.layar.config.kubernetes.Container;
import io.layar.config.kubernetes.EnvFromSource;
import io.layar.config.kubernetes.EnvVar;
import io.layar.local.network.PodAddress;
import io.layar.local.workload.PodPlan;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The environment and the command line of a container, as a kubelet makes them: {@code env}, {@code envFrom}, references to the
 * pod's own fields, ConfigMaps and Secrets, and {@code $(NAME)} in values, commands and arguments. Pure.
 */
final class ContainerEnvironment {
    private final ConfigSet resources;
    private final PodPlan plan;
    private final PodAddress address;

    ContainerEnvironment(ConfigSet resources, PodPlan plan, PodAddress address) {
        this.resources = resources;
        this.plan = plan;
        this.address = address;
    }

    /** Variables of {@code container} over those of {@code base}. Later ones may refer to earlier ones. */
    Map<String, String> variables(Container container, Map<String, String> base) {
        Map<String, String> all = new LinkedHashMap<>(base);
        container.envFrom().forEach(source -> all.putAll(entries(source)));
        for (EnvVar variable : container.env()) {
            String value =
                    variable.valueFrom() == null ? expand(variable.value(), all) : referenced(variable.valueFrom());
            if (value != null) {
                all.put(variable.name(), value);
            }
        }
        return all;
    }

    /** {@code command} and {@code args} with their {@code $(NAME)} replaced; empty when the container has neither. */
    static List<String> commandLine(Container container, Map<String, String> variables) {
        List<String> words = new ArrayList<>();
        container.command().forEach(word -> words.add(expand(word, variables)));
        container.args().forEach(word -> words.add(expand(word, variables)));
        return words;
    }

    private Map<String, String> entries(EnvFromSource source) {
        Map<String, String> out = new LinkedHashMap<>();
        if (source.configMapRef() != null) {
            configMap(source.configMapRef().name()).forEach((key, value) -> out.put(source.prefix() + key, value));
        }
        if (source.secretRef() != null) {
            secret(source.secretRef().name()).forEach((key, value) -> out.put(source.prefix() + key, value));
        }
        return out;
    }

    private @Nullable String referenced(EnvVar.EnvVarSource source) {
        if (source.fieldRef() != null) {
            return field(source.fieldRef().fieldPath());
        }
        if (source.configMapKeyRef() != null) {
            return configMap(source.configMapKeyRef().name())
                    .get(source.configMapKeyRef().key());
        }
        if (source.secretKeyRef() != null) {
            return secret(source.secretKeyRef().name())
                    .get(source.secretKeyRef().key());
        }
        return null;
    }

    private @Nullable String field(String path) {
        if (path.startsWith("metadata.labels['")) {
            return plan.labels().get(path.substring("metadata.labels['".length(), path.length() - 2));
        }
        if (path.startsWith("metadata.annotations['")) {
            return plan.annotations().get(path.substring("metadata.annotations['".length(), path.length() - 2));
        }
        return switch (path) {
            case "metadata.name" -> plan.name();
            case "metadata.namespace" -> plan.namespace();
            case "spec.serviceAccountName" -> plan.serviceAccount();
            case "spec.nodeName" -> "local";
            case "status.podIP", "status.podIPs" -> address.mesh();
            case "status.hostIP", "status.hostIPs" -> "127.0.0.1";
            default -> null;
        };
    }

    private Map<String, String> configMap(String name) {
        return resources.of(Kinds.CONFIG_MAP).stream()
                .filter(map -> map.metadata().namespace().equals(plan.namespace())
                        && map.metadata().name().equals(name))
                .findFirst()
                .<Map<String, String>>map(map -> map.spec().data())
                .orElse(Map.of());
    }

    private Map<String, String> secret(String name) {
        Map<String, String> out = new LinkedHashMap<>();
        resources.of(Kinds.SECRET).stream()
                .filter(secret -> secret.metadata().namespace().equals(plan.namespace())
                        && secret.metadata().name().equals(name))
                .forEach(secret -> {
                    secret.spec()
                            .data()
                            .forEach((key, value) ->
                                    out.put(key, new String(value.toByteArray(), StandardCharsets.UTF_8)));
                    out.putAll(secret.spec().stringData());
                });
        return out;
    }

    /** Replaces {@code $(NAME)} by the variable's value; {@code $$(NAME)} stays as {@code $(NAME)}, an unknown name as it is. */
    static String expand(String text, Map<String, String> variables) {
        int at = text.indexOf("$(");
        if (at < 0) {
            return text;
        }
        StringBuilder out = new StringBuilder();
        int from = 0;
        while (at >= 0) {
            int end = text.indexOf(')', at);
            if (end < 0) {
                break;
            }
            String name = text.substring(at + 2, end);
            if (at > from && text.charAt(at - 1) == '$') {
                out.append(text, from, at - 1).append(text, at, end + 1);
            } else {
                out.append(text, from, at).append(variables.getOrDefault(name, text.substring(at, end + 1)));
            }
            from = end + 1;
            at = text.indexOf("$(", from);
        }
        return out.append(text.substring(from)).toString();
    }
}
