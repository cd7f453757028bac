package io.layar.config.kubernetes;

import com.google.common.collect.ImmutableList;
import org.jspecify.annotations.Nullable;

/** A volume of a pod. */
public record Volume(
        String name,
        @Nullable ConfigMapVolume configMap,
        @Nullable SecretVolume secret,
        @Nullable EmptyDirVolume emptyDir,
        @Nullable HostPathVolume hostPath) {
    /** The {@code ConfigMapVolume} message of {@link Volume}. */
    public record ConfigMapVolume(
            String name,
            ImmutableList<KeyToPath> items,
            @Nullable Boolean optional) {}

    /** The {@code SecretVolume} message of {@link Volume}. */
    public record SecretVolume(
            String secretName,
            ImmutableList<KeyToPath> items,
            @Nullable Boolean optional) {}

    /** The {@code EmptyDirVolume} message of {@link Volume}. */
    public record EmptyDirVolume(String medium) {}

    /** The {@code HostPathVolume} message of {@link Volume}. */
    public record HostPathVolume(String path, @Nullable String type) {}

    /** The {@code KeyToPath} message of {@link Volume}. */
    public record KeyToPath(String key, String path) {}
}
