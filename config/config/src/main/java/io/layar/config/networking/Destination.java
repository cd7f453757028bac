package io.layar.config.networking;

import org.jspecify.annotations.Nullable;

/** A service, and if given one of its subsets and ports, that traffic goes to. */
public record Destination(String host, String subset, @Nullable PortSelector port) {}
