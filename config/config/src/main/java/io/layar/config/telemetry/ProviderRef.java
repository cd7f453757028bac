package io.layar.config.telemetry;

/** The name of an extension provider of the mesh configuration. */
public record ProviderRef(String name) {}
