package io.layar.proxy.core.route;

import io.layar.proxy.core.lb.MetadataMatch;
import io.layar.proxy.core.retry.RetryPolicy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a route does with a request. Thread: any (immutable). */
public sealed interface RouteAction {
    /** Answers with a redirect. */
    record Redirecting(Redirect redirect) implements RouteAction {}

    /** Answers with a fixed status and body. */
    record Responding(int status, String body) implements RouteAction {}

    /** Matches only; the router treats it as a missing route. */
    record NonForwarding() implements RouteAction {}

    /**
     * Sends the request to a cluster.
     *
     * @param cluster of this request; empty when the header that names it was missing
     */
    record Forward(
            String cluster,
            int clusterNotFoundStatus,
            RouteTimeouts timeouts,
            RetryPolicy retry,
            Balancing balancing,
            Extras extras,
            Rewrites rewrites)
            implements RouteAction {

        Forward withCluster(String name) {
            return new Forward(name, clusterNotFoundStatus, timeouts, retry, balancing, extras, rewrites);
        }

        Forward withBalancing(Balancing other) {
            return new Forward(cluster, clusterNotFoundStatus, timeouts, retry, other, extras, rewrites);
        }

        Forward withHost(HostRewrite host) {
            Rewrites changed = new Rewrites(rewrites.path, host, rewrites.appendForwardedHost);
            return new Forward(cluster, clusterNotFoundStatus, timeouts, retry, balancing, extras, changed);
        }
    }

    /**
     * How a host is chosen.
     *
     * @param metadataMatch what a host's metadata must agree with (subsets), or null
     * @param highPriority which of the cluster's circuit breakers count
     */
    record Balancing(@Nullable MetadataMatch metadataMatch, HashPolicy hash, boolean highPriority) {}

    /** What goes beside the plain exchange. */
    record Extras(
            HedgePolicy hedge,
            List<MirrorPolicy> mirrors,
            RateLimits rateLimits,
            boolean includeHostRateLimits,
            UpgradePolicy upgrades,
            @Nullable InternalRedirects internalRedirects) {}

    /** Changes of path and authority. */
    record Rewrites(@Nullable PathRewrite path, HostRewrite host, boolean appendForwardedHost) {}
}
