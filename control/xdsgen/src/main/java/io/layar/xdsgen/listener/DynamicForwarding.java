package io.layar.xdsgen.listener;

import com.google.common.collect.ImmutableList;
import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.extensions.common.dynamic_forward_proxy.v3.DnsCacheConfig;
import io.envoyproxy.envoy.extensions.filters.http.dynamic_forward_proxy.v3.FilterConfig;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter;
import io.layar.mesh.ProxyView;
import io.layar.mesh.service.Resolution;
import io.layar.mesh.service.Service;
import io.layar.xdsgen.cluster.DnsCaches;
import io.layar.xdsgen.filterchain.HttpFilters;
import io.layar.xdsgen.filterchain.NetworkFilters;
import io.layar.xdsgen.route.EgressPolicy;

/** Filters that resolve the host that a client names, for hosts that the mesh knows by a wildcard only, or not at all. */
final class DynamicForwarding {
    private static final String HTTP_NAME = "envoy.filters.http.dynamic_forward_proxy";

    private DynamicForwarding() {}

    /** Are the names under the service's wildcard resolved as they are asked for? */
    static boolean isFor(Service service) {
        return service.isWildcard() && service.resolution() == Resolution.DYNAMIC_DNS;
    }

    /** May the proxy call any host by its name? */
    static boolean isForAny(ProxyView view) {
        return EgressPolicy.of(view).mode() == EgressPolicy.Mode.ALLOW_ANY_DYNAMIC_DNS;
    }

    /** Of a service's HTTP connections. */
    static ImmutableList<HttpFilter> http(ProxyView view, Service service) {
        return isFor(service)
                ? ImmutableList.<HttpFilter>builder()
                        .add(http(DnsCaches.ofHost(view, service.hostname())))
                        .addAll(http(view))
                        .build()
                : http(view);
    }

    /** Of HTTP connections to no particular service: every route configuration ends with a route to any host. */
    static ImmutableList<HttpFilter> http(ProxyView view) {
        return isForAny(view) ? ImmutableList.of(http(DnsCaches.ofAnyHost(view))) : ImmutableList.of();
    }

    /** Of a service's TLS connections, whose SNI names the host. */
    static ImmutableList<Filter> tls(ProxyView view, Service service, int port) {
        return isFor(service)
                ? ImmutableList.of(NetworkFilters.resolvesSni(DnsCaches.ofHost(view, service.hostname()), port))
                : ImmutableList.of();
    }

    private static HttpFilter http(DnsCacheConfig cache) {
        return HttpFilters.filter(
                HTTP_NAME, FilterConfig.newBuilder().setDnsCacheConfig(cache).build());
    }
}
