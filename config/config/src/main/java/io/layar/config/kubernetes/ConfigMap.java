package io.layar.config.kubernetes;

import com.google.common.collect.ImmutableMap;
import io.layar.config.Bytes;
import org.jspecify.annotations.Nullable;

/** A Kubernetes ConfigMap. */
public record ConfigMap(
        ImmutableMap<String, String> data,
        ImmutableMap<String, Bytes> binaryData,
        @Nullable Boolean immutable) {}
