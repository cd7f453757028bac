package io.layar.proxy.core.route;

import io.envoyproxy.envoy.config.core.v3.RoutingPriority;
import io.envoyproxy.envoy.config.route.v3.RouteAction.RequestMirrorPolicy;
import io.envoyproxy.envoy.config.route.v3.WeightedCluster;
import io.envoyproxy.envoy.config.route.v3.WeightedCluster.ClusterWeight;
import io.layar.proxy.core.config.ConfigRejected;
import io.layar.proxy.core.config.Fields;
import io.layar.proxy.core.lb.MetadataMatch;
import io.layar.proxy.core.match.RegexSubstitution;
import io.layar.proxy.core.retry.RetryPolicy;
import io.layar.proxy.core.stream.Metadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Compiles a route action of a route that forwards. Thread: its maker's, during compilation only. */
final class ForwardCompiler {
    private static final String LB = "envoy.lb";

    private final RouteCompiler compiler;
    private final io.envoyproxy.envoy.config.route.v3.VirtualHost host;
    private final io.envoyproxy.envoy.config.route.v3.RouteAction proto;

    ForwardCompiler(
            RouteCompiler compiler,
            io.envoyproxy.envoy.config.route.v3.VirtualHost host,
            io.envoyproxy.envoy.config.route.v3.RouteAction proto) {
        this.compiler = compiler;
        this.host = host;
        this.proto = proto;
    }

    /** {@code plain} makes a route of an action, {@code weighted} one with the level of a weighted cluster below its own. */
    RouteChoice compile(
            Function<RouteAction, Route> plain,
            PathMatcher path,
            BiFunction<RouteAction, Route.Level, Route> weighted) {
        Fields.refuse(
                proto,
                "route",
                "cluster_specifier_plugin",
                "inline_cluster_specifier_plugin",
                "retry_policy_typed_config",
                "early_data_policy",
                "cors");
        RouteAction.Forward base = base(path);
        return switch (proto.getClusterSpecifierCase()) {
            case CLUSTER -> {
                compiler.checkCluster(proto.getCluster(), "cluster");
                yield new RouteChoice.Only(plain.apply(base));
            }
            case CLUSTER_HEADER ->
                new RouteChoice.ByHeader(
                        plain.apply(base),
                        proto.getClusterHeader().toLowerCase(Locale.ROOT).intern());
            case WEIGHTED_CLUSTERS -> weighted(base, weighted);
            case CLUSTER_SPECIFIER_PLUGIN, INLINE_CLUSTER_SPECIFIER_PLUGIN, CLUSTERSPECIFIER_NOT_SET ->
                throw new ConfigRejected("route.cluster_specifier", "value is required");
        };
    }

    private RouteAction.Forward base(PathMatcher path) {
        int notFound = switch (proto.getClusterNotFoundResponseCode()) {
            case SERVICE_UNAVAILABLE, UNRECOGNIZED -> 503;
            case NOT_FOUND -> 404;
            case INTERNAL_SERVER_ERROR -> 500;
        };
        RetryPolicy retry = proto.hasRetryPolicy()
                ? RetryPolicy.compile(proto.getRetryPolicy(), "route.retry_policy")
                : host.hasRetryPolicy() ? RetryPolicy.compile(host.getRetryPolicy(), "retry_policy") : RetryPolicy.NONE;
        return new RouteAction.Forward(
                proto.getCluster(), notFound, RouteTimeouts.of(proto), retry, balancing(), extras(), rewrites(path));
    }

    private RouteAction.Balancing balancing() {
        return new RouteAction.Balancing(
                match(Metadata.of(proto.getMetadataMatch())),
                HashPolicy.compile(proto.getHashPolicyList(), "route.hash_policy"),
                proto.getPriority() == RoutingPriority.HIGH);
    }

    @SuppressWarnings("deprecation") // include_vh_rate_limits is what control planes write
    private RouteAction.Extras extras() {
        return new RouteAction.Extras(
                HedgePolicy.of(proto, host),
                mirrors(),
                RateLimits.compile(proto.getRateLimitsList(), "route.rate_limits"),
                proto.getRateLimitsCount() == 0
                        || proto.getIncludeVhRateLimits().getValue(),
                UpgradePolicy.compile(proto.getUpgradeConfigsList(), "route.upgrade_configs"),
                InternalRedirects.compile(proto, "route.internal_redirect_policy"));
    }

    /** The most specific level that has any. */
    private List<MirrorPolicy> mirrors() {
        List<RequestMirrorPolicy> protos = proto.getRequestMirrorPoliciesList();
        if (protos.isEmpty()) {
            protos = host.getRequestMirrorPoliciesList();
        }
        if (protos.isEmpty()) {
            protos = compiler.tableProto().getRequestMirrorPoliciesList();
        }
        for (RequestMirrorPolicy one : protos) {
            if (!one.getCluster().isEmpty()) {
                compiler.checkCluster(one.getCluster(), "shadow cluster");
            }
        }
        return MirrorPolicy.compileAll(protos, compiler.options(), "route.request_mirror_policies");
    }

    private RouteAction.Rewrites rewrites(PathMatcher path) {
        int kinds = (proto.getPrefixRewrite().isEmpty() ? 0 : 1)
                + (proto.hasRegexRewrite() ? 1 : 0)
                + (proto.hasPathRewritePolicy() ? 1 : 0);
        if (kinds > 1) {
            throw new ConfigRejected(
                    "route", "Specify only one of prefix_rewrite, regex_rewrite or path_rewrite_policy");
        }
        return new RouteAction.Rewrites(
                pathRewrite(path), HostRewrite.compile(proto, "route"), proto.getAppendXForwardedHost());
    }

    private @Nullable PathRewrite pathRewrite(PathMatcher path) {
        if (!proto.getPrefixRewrite().isEmpty()) {
            return new PathRewrite.Prefix(proto.getPrefixRewrite());
        }
        if (proto.hasRegexRewrite()) {
            return new PathRewrite.ByRegex(RegexSubstitution.compile(proto.getRegexRewrite(), "route.regex_rewrite"));
        }
        return proto.hasPathRewritePolicy()
                ? PathRewrite.template(proto.getPathRewritePolicy(), path, "route.path_rewrite_policy")
                : null;
    }

    private RouteChoice weighted(RouteAction.Forward base, BiFunction<RouteAction, Route.Level, Route> maker) {
        WeightedCluster clusters = proto.getWeightedClusters();
        List<RouteChoice.Share> shares = new ArrayList<>();
        long total = 0;
        for (int i = 0; i < clusters.getClustersCount(); i++) {
            ClusterWeight cluster = clusters.getClusters(i);
            try {
                shares.add(share(cluster, base, clusters.getRuntimeKeyPrefix(), maker));
            } catch (ConfigRejected e) {
                throw e.within("route.weighted_clusters.clusters[" + i + "]");
            }
            total += Integer.toUnsignedLong(cluster.getWeight().getValue());
        }
        if (total == 0) {
            throw new ConfigRejected(
                    "route.weighted_clusters", "Sum of weights in the weighted_cluster must be greater than 0.");
        }
        if (total > 0xFFFFFFFFL) {
            throw new ConfigRejected(
                    "route.weighted_clusters", "The sum of weights of all weighted clusters exceeds 4294967295");
        }
        return new RouteChoice.Weighted(
                List.copyOf(shares),
                clusters.getRuntimeKeyPrefix().isEmpty() ? total : -1,
                clusters.getHeaderName().toLowerCase(Locale.ROOT),
                clusters.getUseHashPolicy().getValue());
    }

    private RouteChoice.Share share(
            ClusterWeight cluster,
            RouteAction.Forward base,
            String runtimePrefix,
            BiFunction<RouteAction, Route.Level, Route> maker) {
        if (cluster.getName().isEmpty() == cluster.getClusterHeader().isEmpty()) {
            throw new ConfigRejected("", "At least one of name or cluster_header need to be specified");
        }
        if (!cluster.getName().isEmpty()) {
            compiler.checkCluster(cluster.getName(), "weighted cluster");
        }
        RouteAction.Forward action = base.withCluster(cluster.getName());
        if (cluster.hasMetadataMatch()) {
            action = action.withBalancing(merged(base.balancing(), Metadata.of(cluster.getMetadataMatch())));
        }
        if (!cluster.getHostRewriteLiteral().isEmpty()) {
            HostRewrite ofRoute = base.rewrites().host();
            action = action.withHost(new HostRewrite.OfCluster(cluster.getHostRewriteLiteral(), ofRoute));
        }
        Route.Level level = new Route.Level(
                compiler.mutations(
                        cluster.getRequestHeadersToAddList(),
                        cluster.getRequestHeadersToRemoveList(),
                        "request_headers_to_add"),
                compiler.mutations(
                        cluster.getResponseHeadersToAddList(),
                        cluster.getResponseHeadersToRemoveList(),
                        "response_headers_to_add"),
                FilterConfigs.compile(
                        cluster.getTypedPerFilterConfigMap(), compiler.options().filters()));
        Route route = maker.apply(action, level);
        RouteChoice choice = cluster.getClusterHeader().isEmpty()
                ? new RouteChoice.Only(route)
                : new RouteChoice.ByHeader(
                        route,
                        cluster.getClusterHeader().toLowerCase(Locale.ROOT).intern());
        return new RouteChoice.Share(
                choice,
                Integer.toUnsignedLong(cluster.getWeight().getValue()),
                runtimePrefix.isEmpty() ? "" : runtimePrefix + "." + cluster.getName());
    }

    private static @Nullable MetadataMatch match(Metadata metadata) {
        Map<String, Object> criteria = metadata.namespace(LB);
        return criteria == null ? null : MetadataMatch.of(criteria);
    }

    /** The weighted cluster's criteria replace those of the route where both have a key. */
    private static RouteAction.Balancing merged(RouteAction.Balancing base, Metadata own) {
        Map<String, Object> criteria = own.namespace(LB);
        if (criteria == null) {
            return base;
        }
        MetadataMatch match = base.metadataMatch() == null
                ? MetadataMatch.of(criteria)
                : base.metadataMatch().mergedWith(criteria);
        return new RouteAction.Balancing(match, base.hash(), base.highPriority());
    }
}
