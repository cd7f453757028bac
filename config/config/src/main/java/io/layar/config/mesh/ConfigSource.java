package io.layar.config.mesh;

import com.google.common.collect.ImmutableList;
import io.layar.config.networking.ClientTLSSettings;
import org.jspecify.annotations.Nullable;

/** A place that configuration is read from. */
public record ConfigSource(
        String address, @Nullable ClientTLSSettings tlsSettings, ImmutableList<Resource> subscribedResources) {}
