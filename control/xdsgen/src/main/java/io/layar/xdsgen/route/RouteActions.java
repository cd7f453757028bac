package io.layar.xdsgen.route;

import com.google.re2j.Pattern;
import io.envoyproxy.envoy.config.route.v3.RetryPolicy;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.RouteAction;
import io.envoyproxy.envoy.config.route.v3.RouteAction.ClusterNotFoundResponseCode;
import io.envoyproxy.envoy.config.route.v3.RouteAction.HashPolicy;
import io.envoyproxy.envoy.config.route.v3.WeightedCluster;
import io.envoyproxy.envoy.config.route.v3.WeightedCluster.ClusterWeight;
import io.envoyproxy.envoy.type.matcher.v3.RegexMatchAndSubstitute;
import io.layar.config.networking.HTTPRewrite;
import io.layar.config.networking.HTTPRoute;
import io.layar.config.networking.HTTPRouteDestination;
import io.layar.xdsgen.envoy.Protos;

/** The action of a route with destinations: clusters and weights, rewrites, mirrors, timeout, retries, hash policies. */
final class RouteActions {
    private RouteActions() {}

    /**
     * Sets the route's action; a single destination's header operations join those of the route.
     *
     * @param authority what the route's own header operations say for the Host header
     */
    static void apply(HTTPRoute in, RouteContext context, String authority, Route.Builder route) {
        RouteAction.Builder action = RouteAction.newBuilder();
        Timeouts.apply(in.timeout(), action);
        if (context.isGatewayApi()) {
            action.setClusterNotFoundResponseCode(ClusterNotFoundResponseCode.INTERNAL_SERVER_ERROR);
        }
        String rewritten = authority;
        HTTPRewrite rewrite = in.rewrite();
        if (rewrite != null) {
            action.setAppendXForwardedHost(context.appendForwardedHost());
            path(rewrite, context, route, action);
            rewritten = rewrite.authority().isEmpty() ? authority : rewrite.authority();
        }
        if (!rewritten.isEmpty()) {
            action.setHostRewriteLiteral(rewritten);
        }
        action.addAllRequestMirrorPolicies(Mirrors.of(in, context));
        boolean hashed = false;
        if (in.route().size() == 1) {
            single(in.route().getFirst(), context, route, action);
            hashed = context.hashes().find(in.route().getFirst()) != null;
        } else {
            weighted(in, context, action);
        }
        RetryPolicy retries =
                RetryPolicies.outbound(in.retries() == null ? context.defaultRetries() : in.retries(), hashed);
        if (retries != null) {
            action.setRetryPolicy(retries);
        }
        route.setRoute(action);
    }

    private static void path(
            HTTPRewrite rewrite, RouteContext context, Route.Builder route, RouteAction.Builder action) {
        if (rewrite.uriRegexRewrite() != null) {
            action.setRegexRewrite(RegexMatchAndSubstitute.newBuilder()
                    .setPattern(StringMatches.regex(rewrite.uriRegexRewrite().match()))
                    .setSubstitution(rewrite.uriRegexRewrite().rewrite()));
        } else if (context.isGatewayApi() && rewrite.uri().equals("/")) {
            // The prefix is taken away; the slash stays when the whole path goes.
            String prefix = Pattern.quote(route.getMatch().getPathSeparatedPrefix());
            action.setRegexRewrite(RegexMatchAndSubstitute.newBuilder()
                    .setPattern(StringMatches.regex("^" + prefix + "(/?)(.*)"))
                    .setSubstitution("/\\2"));
        } else if (!rewrite.uri().isEmpty()) {
            action.setPrefixRewrite(rewrite.uri());
        }
    }

    private static void single(
            HTTPRouteDestination destination, RouteContext context, Route.Builder route, RouteAction.Builder action) {
        action.setCluster(cluster(destination, context));
        HeaderOperations headers = HeaderOperations.of(destination.headers());
        route.addAllRequestHeadersToAdd(headers.requestAdd())
                .addAllRequestHeadersToRemove(headers.requestRemove())
                .addAllResponseHeadersToAdd(headers.responseAdd())
                .addAllResponseHeadersToRemove(headers.responseRemove());
        boolean rewritten = action.getHostRewriteSpecifierCase()
                != RouteAction.HostRewriteSpecifierCase.HOSTREWRITESPECIFIER_NOT_SET;
        if (!headers.authority().isEmpty() && !rewritten) {
            action.setHostRewriteLiteral(headers.authority());
        }
        hash(destination, context, action);
    }

    private static void weighted(HTTPRoute in, RouteContext context, RouteAction.Builder action) {
        WeightedCluster.Builder clusters = WeightedCluster.newBuilder();
        for (HTTPRouteDestination destination : in.route()) {
            if (destination.weight() == 0) {
                continue;
            }
            HeaderOperations headers = HeaderOperations.of(destination.headers());
            ClusterWeight.Builder weight = ClusterWeight.newBuilder()
                    .setName(cluster(destination, context))
                    .setWeight(Protos.uint32(destination.weight()))
                    .addAllRequestHeadersToAdd(headers.requestAdd())
                    .addAllRequestHeadersToRemove(headers.requestRemove())
                    .addAllResponseHeadersToAdd(headers.responseAdd())
                    .addAllResponseHeadersToRemove(headers.responseRemove());
            if (!headers.authority().isEmpty()) {
                weight.setHostRewriteLiteral(headers.authority());
            }
            clusters.addClusters(weight);
            hash(destination, context, action);
        }
        action.setWeightedClusters(clusters);
    }

    private static void hash(HTTPRouteDestination destination, RouteContext context, RouteAction.Builder action) {
        HashPolicy policy = HashPolicies.toEnvoy(context.hashes().find(destination));
        if (policy != null) {
            action.addHashPolicy(policy);
        }
    }

    private static String cluster(HTTPRouteDestination destination, RouteContext context) {
        String host = destination.destination() == null
                ? ""
                : destination.destination().host();
        return Destinations.cluster(
                destination.destination(), context.services().find(host), context.listenPort());
    }
}
