package io.layar.config.networking;

import com.google.common.collect.ImmutableMap;
import org.jspecify.annotations.Nullable;

/** A named part of the endpoints of a host. */
public record Subset(String name, ImmutableMap<String, String> labels, @Nullable TrafficPolicy trafficPolicy) {}
