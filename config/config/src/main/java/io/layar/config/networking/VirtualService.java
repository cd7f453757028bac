package io.layar.config.networking;

import com.google.common.collect.ImmutableList;

/** Routing of requests to hosts: ordered HTTP, TLS and TCP routes for sidecars and gateways. */
public record VirtualService(
        ImmutableList<String> hosts,
        ImmutableList<String> gateways,
        ImmutableList<HTTPRoute> http,
        ImmutableList<TLSRoute> tls,
        ImmutableList<TCPRoute> tcp,
        ImmutableList<String> exportTo) {}
