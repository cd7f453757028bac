package io.layar.config.networking;

import io.layar.config.decode.Records;
import io.layar.config.decode.Required;
import org.jspecify.annotations.Nullable;

/** A service, and if given one of its subsets and ports, that traffic goes to. */
public record Destination(
        @Required String host, String subset, @Nullable PortSelector port) {
    public Destination withHost(String host) {
        return Records.with(this, "host", host);
    }

    public Destination withSubset(String subset) {
        return Records.with(this, "subset", subset);
    }

    public Destination withPort(@Nullable PortSelector port) {
        return Records.with(this, "port", port);
    }
}
