package io.layar.config.networking;

import com.google.common.collect.ImmutableMap;
import io.layar.config.decode.Elements;
import io.layar.config.type.WorkloadSelector;
import org.jspecify.annotations.Nullable;

/** The ProxyConfig resource: settings of the proxies of some workloads, over those of the mesh. */
public record ProxyConfig(
        @Nullable WorkloadSelector selector,
        @Nullable Integer concurrency,
        @Elements(maxSize = 2048) ImmutableMap<String, String> environmentVariables,
        @Nullable ProxyImage image) {}
