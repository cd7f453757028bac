package io.layar.proxy.router;

import io.layar.proxy.core.cluster.Host;
import io.layar.proxy.core.cluster.Priority;
import io.layar.proxy.core.http.HeaderMap;
import io.layar.proxy.core.http.HeaderNames;
import io.layar.proxy.core.route.RouteAction;
import io.layar.proxy.core.route.UpgradePolicy;
import io.layar.proxy.upstream.HttpPool;
import io.layar.proxy.upstream.WorkerCluster;

/** Chooses what carries an attempt: HTTP, or raw TCP for a CONNECT that ends here. */
final class UpstreamStreams {
    private UpstreamStreams() {}

    static HttpPool pool(
            WorkerCluster cluster, Host host, Priority priority, RouterFilter router, RouteAction.Forward action) {
        HeaderMap headers = router.requestHeaders();
        if (isTunnel(action.extras().upgrades(), headers)) {
            return new TunnelPool(cluster.tcpPool(host, priority, router.balancing()));
        }
        return cluster.httpPool(
                host, priority, router.callbacks().streamInfo().protocol(), headers.get(HeaderNames.AUTHORITY));
    }

    private static boolean isTunnel(UpgradePolicy upgrades, HeaderMap headers) {
        String method = headers.get(HeaderNames.METHOD);
        return "CONNECT".equals(method) && upgrades.terminatesConnect() && !headers.contains(HeaderNames.PROTOCOL)
                || "POST".equals(method) && upgrades.terminatesPost();
    }
}
