package io.layar.config.kubernetes;

import com.google.common.collect.ImmutableMap;
import io.layar.config.Bytes;
import org.jspecify.annotations.Nullable;

/** A Kubernetes Secret. */
public record Secret(
        String type,
        ImmutableMap<String, Bytes> data,
        ImmutableMap<String, String> stringData,
        @Nullable Boolean immutable) {}
