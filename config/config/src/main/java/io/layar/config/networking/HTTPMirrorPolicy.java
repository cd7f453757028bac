package io.layar.config.networking;

import io.layar.config.decode.Records;
import io.layar.config.decode.Required;
import org.jspecify.annotations.Nullable;

/** A destination that receives a copy of part of the requests. */
public record HTTPMirrorPolicy(
        @Required @Nullable Destination destination,
        @Nullable Percent percentage) {
    public HTTPMirrorPolicy withDestination(@Nullable Destination destination) {
        return Records.with(this, "destination", destination);
    }

    public HTTPMirrorPolicy withPercentage(@Nullable Percent percentage) {
        return Records.with(this, "percentage", percentage);
    }
}
