package io.layar.config.kubernetes;

import org.jspecify.annotations.Nullable;

/** A Kubernetes Pod. */
public record Pod(@Nullable PodSpec spec, @Nullable PodStatus status) {}
