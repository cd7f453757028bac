package io.layar.config.networking;

import com.google.common.collect.ImmutableList;

/** One route for TCP connections. */
public record TCPRoute(ImmutableList<L4MatchAttributes> match, ImmutableList<RouteDestination> route) {}
