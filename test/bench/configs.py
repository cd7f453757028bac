"""The bootstraps that both proxies get: one listener, N clusters of one host each, the first of which answers."""

FILTERS = "type.googleapis.com/envoy.extensions.filters"
TRANSPORT = "type.googleapis.com/envoy.extensions.transport_sockets.tls.v3"


def bootstrap(kind, listener, admin, origin, clusters):
    address = {"socket_address": {"address": "127.0.0.1", "port_value": listener}}
    chain = {"filters": [tcp_filter() if kind == "tcp" else http_filter(kind)]}
    if kind == "tls":
        context = {"common_tls_context": {"tls_certificates": [
            {"certificate_chain": {"filename": str(origin.cert)}, "private_key": {"filename": str(origin.key)}}]}}
        chain["transport_socket"] = transport("DownstreamTlsContext", context)
    port = {"h2": origin.h2c, "grpc": origin.h2c, "tls": origin.tls}.get(kind, origin.plain)
    return {"node": {"id": "n", "cluster": "c"},
            "admin": {"address": {"socket_address": {"address": "127.0.0.1", "port_value": admin}}},
            "static_resources": {"listeners": [{"name": "l", "address": address, "filter_chains": [chain]}],
                                 "clusters": [cluster(f"c{i}", kind, port, origin) for i in range(clusters)]}}


def http_filter(kind):
    manager = {"@type": f"{FILTERS}.network.http_connection_manager.v3.HttpConnectionManager", "stat_prefix": "bench",
               "codec_type": "HTTP2" if kind in ("h2", "grpc") else "AUTO",
               "route_config": {"name": "r", "virtual_hosts": [{"name": "v", "domains": ["*"],
                                "routes": [{"match": {"prefix": "/"}, "route": {"cluster": "c0"}}]}]},
               "http_filters": [{"name": "envoy.filters.http.router",
                                 "typed_config": {"@type": f"{FILTERS}.http.router.v3.Router"}}]}
    return {"name": "envoy.filters.network.http_connection_manager", "typed_config": manager}


def tcp_filter():
    return {"name": "envoy.filters.network.tcp_proxy", "typed_config": {
        "@type": f"{FILTERS}.network.tcp_proxy.v3.TcpProxy", "stat_prefix": "bench", "cluster": "c0"}}


def transport(context, value):
    return {"name": "envoy.transport_sockets.tls", "typed_config": {"@type": f"{TRANSPORT}.{context}", **value}}


def cluster(name, kind, port, origin):
    address = {"socket_address": {"address": "127.0.0.1", "port_value": port}}
    out = {"name": name, "type": "STATIC", "connect_timeout": "1s",
           "load_assignment": {"cluster_name": name, "endpoints": [{"lb_endpoints": [{"endpoint": {"address": address}}]}]}}
    if kind in ("h2", "grpc"):
        out["typed_extension_protocol_options"] = {"envoy.extensions.upstreams.http.v3.HttpProtocolOptions": {
            "@type": "type.googleapis.com/envoy.extensions.upstreams.http.v3.HttpProtocolOptions",
            "explicit_http_config": {"http2_protocol_options": {}}}}
    if kind == "tls":
        out["transport_socket"] = transport("UpstreamTlsContext", {"sni": "localhost", "common_tls_context": {
            "validation_context": {"trusted_ca": {"filename": str(origin.cert)}}}})
    return out
