package io.layar.config.networking;

import org.jspecify.annotations.Nullable;

/** A weighted destination of an HTTP route. Units: weight is relative to the sum of its siblings. */
public record HTTPRouteDestination(@Nullable Destination destination, int weight, @Nullable Headers headers) {}
