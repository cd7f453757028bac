package io.layar.config.networking;

import io.layar.config.decode.Records;
import io.layar.config.decode.Required;
import org.jspecify.annotations.Nullable;

/** A weighted destination of a TLS or TCP route. Units: weight is relative to the sum of its siblings. */
public record RouteDestination(@Required @Nullable Destination destination, int weight) {
    public RouteDestination withDestination(@Nullable Destination destination) {
        return Records.with(this, "destination", destination);
    }

    public RouteDestination withWeight(int weight) {
        return Records.with(this, "weight", weight);
    }
}
