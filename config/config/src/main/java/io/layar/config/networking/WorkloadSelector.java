package io.layar.config.networking;

import com.google.common.collect.ImmutableMap;

/** Selects workloads whose labels include all of these. */
public record WorkloadSelector(ImmutableMap<String, String> labels) {}
