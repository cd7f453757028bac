package io.layar.config.telemetry;

import io.layar.config.decode.Limits;
import io.layar.config.decode.Required;

/** The name of an extension provider of the mesh configuration. */
public record ProviderRef(@Required @Limits(minSize = 1) String name) {}
