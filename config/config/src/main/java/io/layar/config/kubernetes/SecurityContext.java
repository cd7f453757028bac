package io.layar.config.kubernetes;

import com.google.common.collect.ImmutableList;
import org.jspecify.annotations.Nullable;

/** User, group and privileges of a pod or container. */
public record SecurityContext(
        @Nullable Long runAsUser,
        @Nullable Long runAsGroup,
        @Nullable Boolean runAsNonRoot,
        @Nullable Long fsGroup,
        @Nullable Boolean privileged,
        ImmutableList<Sysctl> sysctls) {
    /** The {@code Sysctl} message of {@link SecurityContext}. */
    public record Sysctl(String name, String value) {}
}
