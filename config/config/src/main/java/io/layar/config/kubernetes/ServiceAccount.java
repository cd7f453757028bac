package io.layar.config.kubernetes;

import com.google.common.collect.ImmutableList;
import org.jspecify.annotations.Nullable;

/** A Kubernetes ServiceAccount. */
public record ServiceAccount(
        @Nullable Boolean automountServiceAccountToken,
        ImmutableList<ObjectReference> secrets,
        ImmutableList<LocalObjectReference> imagePullSecrets) {}
