package io.layar.config.networking;

import io.layar.config.decode.Records;
import io.layar.config.decode.Required;
import org.jspecify.annotations.Nullable;

/** A weighted destination of an HTTP route. Units: weight is relative to the sum of its siblings. */
public record HTTPRouteDestination(
        @Required @Nullable Destination destination,
        int weight,
        @Nullable Headers headers) {
    public HTTPRouteDestination withDestination(@Nullable Destination destination) {
        return Records.with(this, "destination", destination);
    }

    public HTTPRouteDestination withWeight(int weight) {
        return Records.with(this, "weight", weight);
    }

    public HTTPRouteDestination withHeaders(@Nullable Headers headers) {
        return Records.with(this, "headers", headers);
    }
}
