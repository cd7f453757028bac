package io.layar.config.networking;

import com.google.common.collect.ImmutableList;
import io.layar.config.decode.Records;
import io.layar.config.decode.Required;

/** One route for TLS connections that are passed through, by SNI. */
public record TLSRoute(@Required ImmutableList<TLSMatchAttributes> match, ImmutableList<RouteDestination> route) {
    public TLSRoute withMatch(ImmutableList<TLSMatchAttributes> match) {
        return Records.with(this, "match", match);
    }

    public TLSRoute withRoute(ImmutableList<RouteDestination> route) {
        return Records.with(this, "route", route);
    }
}
