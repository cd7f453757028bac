package io.layar.config.kubernetes;

import io.layar.config.yaml.Value;
import org.jspecify.annotations.Nullable;

/** An environment variable. */
public record EnvVar(String name, String value, @Nullable EnvVarSource valueFrom) {
    /** The {@code EnvVarSource} message of {@link EnvVar}. */
    public record EnvVarSource(
            @Nullable ObjectFieldSelector fieldRef,
            @Nullable ResourceFieldSelector resourceFieldRef,
            @Nullable KeySelector configMapKeyRef,
            @Nullable KeySelector secretKeyRef) {}

    /** The {@code ObjectFieldSelector} message of {@link EnvVar}. */
    public record ObjectFieldSelector(String apiVersion, String fieldPath) {}

    /** The {@code ResourceFieldSelector} message of {@link EnvVar}. */
    public record ResourceFieldSelector(
            String containerName, String resource, @Nullable Value divisor) {}

    /** The {@code KeySelector} message of {@link EnvVar}. */
    public record KeySelector(
            String name, String key, @Nullable Boolean optional) {}
}
