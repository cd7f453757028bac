package io.layar.config.kubernetes;

import org.jspecify.annotations.Nullable;

/** A ConfigMap or Secret whose entries become environment variables. */
public record EnvFromSource(
        String prefix,
        @Nullable EnvSource configMapRef,
        @Nullable EnvSource secretRef) {
    /** The {@code EnvSource} message of {@link EnvFromSource}. */
    public record EnvSource(String name, @Nullable Boolean optional) {}
}
