package io.layar.config.networking;

import com.google.common.collect.ImmutableList;

/** One route for TLS connections that are passed through, by SNI. */
public record TLSRoute(ImmutableList<TLSMatchAttributes> match, ImmutableList<RouteDestination> route) {}
