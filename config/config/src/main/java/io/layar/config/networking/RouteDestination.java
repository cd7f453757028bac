package io.layar.config.networking;

import org.jspecify.annotations.Nullable;

/** A weighted destination of a TLS or TCP route. Units: weight is relative to the sum of its siblings. */
public record RouteDestination(@Nullable Destination destination, int weight) {}
