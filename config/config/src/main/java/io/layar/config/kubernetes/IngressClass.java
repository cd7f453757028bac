package io.layar.config.kubernetes;

import org.jspecify.annotations.Nullable;

/** A Kubernetes IngressClass. */
public record IngressClass(@Nullable IngressClassSpec spec) {
    /** The {@code IngressClassSpec} message of {@link IngressClass}. */
    public record IngressClassSpec(String controller) {}
}
