package io.layar.config.kubernetes;

import org.jspecify.annotations.Nullable;

/** A Kubernetes Namespace. */
public record Namespace(@Nullable NamespaceStatus status) {
    /** The {@code NamespaceStatus} message of {@link Namespace}. */
    public record NamespaceStatus(String phase) {}
}
