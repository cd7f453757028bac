package io.layar.config.type;

import com.google.common.collect.ImmutableMap;
import io.layar.config.decode.Elements;
import io.layar.config.decode.Limits;

/** Selects workloads whose labels include all of these. */
public record WorkloadSelector(
        @Limits(maxSize = 4096) @Elements(maxSize = 63) ImmutableMap<String, String> matchLabels) {}
