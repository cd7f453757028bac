package io.layar.proxy.router;

import com.google.protobuf.Any;
import io.envoyproxy.envoy.extensions.filters.http.router.v3.Router;
import io.layar.proxy.core.config.ConfigRejected;
import io.layar.proxy.core.config.Types;
import io.layar.proxy.http.FilterCallbacks;
import io.layar.proxy.http.HttpFilter;
import io.layar.proxy.http.HttpFilterContext;
import io.layar.proxy.http.HttpFilterFactory;
import io.layar.proxy.http.HttpFilterType;
import io.layar.proxy.upstream.ClusterManager;

/** The filter {@code envoy.filters.http.router}. */
public final class RouterType implements HttpFilterType {
    @Override
    public String typeUrl() {
        return "type.googleapis.com/envoy.extensions.filters.http.router.v3.Router";
    }

    @Override
    public HttpFilterFactory compile(Any config, HttpFilterContext context) {
        RouterConfig router = RouterConfig.compile(Types.unpack(config, Router.getDefaultInstance(), ""), context);
        return new HttpFilterFactory() {
            @Override
            public HttpFilter create(FilterCallbacks callbacks) {
                ClusterManager clusters = router.services().require(ClusterManager.class);
                return new RouterFilter(router, callbacks, clusters.worker(callbacks.worker()));
            }

            @Override
            public boolean terminal() {
                return true;
            }
        };
    }

    @Override
    public Object compileForRoute(Any config, HttpFilterContext context) {
        throw ConfigRejected.unsupported("", "route configuration of the router");
    }
}
