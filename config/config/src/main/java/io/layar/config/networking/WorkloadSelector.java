package io.layar.config.networking;

import com.google.common.collect.ImmutableMap;
import io.layar.config.decode.Elements;
import io.layar.config.decode.Limits;

/** Selects workloads whose labels include all of these. */
public record WorkloadSelector(
        @Limits(maxSize = 256) @Elements(maxSize = 63) ImmutableMap<String, String> labels) {}
