package io.layar.config.networking;

import com.google.common.collect.ImmutableList;
import io.layar.config.decode.Records;

/** Routing of requests to hosts: ordered HTTP, TLS and TCP routes for sidecars and gateways. */
public record VirtualService(
        ImmutableList<String> hosts,
        ImmutableList<String> gateways,
        ImmutableList<HTTPRoute> http,
        ImmutableList<TLSRoute> tls,
        ImmutableList<TCPRoute> tcp,
        ImmutableList<String> exportTo) {
    public VirtualService withHosts(ImmutableList<String> hosts) {
        return Records.with(this, "hosts", hosts);
    }

    public VirtualService withGateways(ImmutableList<String> gateways) {
        return Records.with(this, "gateways", gateways);
    }

    public VirtualService withHttp(ImmutableList<HTTPRoute> http) {
        return Records.with(this, "http", http);
    }

    public VirtualService withTls(ImmutableList<TLSRoute> tls) {
        return Records.with(this, "tls", tls);
    }

    public VirtualService withTcp(ImmutableList<TCPRoute> tcp) {
        return Records.with(this, "tcp", tcp);
    }

    public VirtualService withExportTo(ImmutableList<String> exportTo) {
        return Records.with(this, "exportTo", exportTo);
    }
}
