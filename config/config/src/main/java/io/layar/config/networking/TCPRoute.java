package io.layar.config.networking;

import com.google.common.collect.ImmutableList;
import io.layar.config.decode.Records;

/** One route for TCP connections. */
public record TCPRoute(ImmutableList<L4MatchAttributes> match, ImmutableList<RouteDestination> route) {
    public TCPRoute withMatch(ImmutableList<L4MatchAttributes> match) {
        return Records.with(this, "match", match);
    }

    public TCPRoute withRoute(ImmutableList<RouteDestination> route) {
        return Records.with(this, "route", route);
    }
}
