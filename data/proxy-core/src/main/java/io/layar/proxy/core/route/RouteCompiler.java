package io.layar.proxy.core.route;

import io.envoyproxy.envoy.config.core.v3.HeaderValueOption;
import io.envoyproxy.envoy.config.route.v3.Route.ActionCase;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.config.route.v3.RouteMatch;
import io.layar.proxy.core.config.ConfigRejected;
import io.layar.proxy.core.config.Fields;
import io.layar.proxy.core.stream.Metadata;
import java.util.ArrayList;
import java.util.List;

/** Compiles the virtual hosts of one table. Thread: its maker's, during compilation only. */
final class RouteCompiler {
    private final RouteTable table;
    private final RouteConfiguration proto;
    private final RouteOptions options;
    private final boolean validateClusters;
    private final long maxDirectBody;

    RouteCompiler(
            RouteTable table,
            RouteConfiguration proto,
            RouteOptions options,
            boolean validateClusters,
            long maxDirectBody) {
        this.table = table;
        this.proto = proto;
        this.options = options;
        this.validateClusters = validateClusters;
        this.maxDirectBody = maxDirectBody;
    }

    RouteOptions options() {
        return options;
    }

    RouteConfiguration tableProto() {
        return proto;
    }

    HostRoutes host(io.envoyproxy.envoy.config.route.v3.VirtualHost host) {
        Fields.refuse(host, "", "matcher", "retry_policy_typed_config", "cors");
        if (host.getName().isEmpty()) {
            throw new ConfigRejected("name", "value length must be at least 1 characters");
        }
        if (host.getDomainsCount() == 0) {
            throw new ConfigRejected("domains", "value must contain at least 1 item(s)");
        }
        VirtualHost compiled = new VirtualHost(
                host.getName(),
                table,
                FilterConfigs.compile(host.getTypedPerFilterConfigMap(), options.filters()),
                mutations(
                        host.getRequestHeadersToAddList(),
                        host.getRequestHeadersToRemoveList(),
                        "request_headers_to_add"),
                mutations(
                        host.getResponseHeadersToAddList(),
                        host.getResponseHeadersToRemoveList(),
                        "response_headers_to_add"),
                RateLimits.compile(host.getRateLimitsList(), "rate_limits"),
                settings(host));
        List<HostRoutes.Rule> rules = new ArrayList<>(host.getRoutesCount());
        for (int i = 0; i < host.getRoutesCount(); i++) {
            try {
                rules.add(rule(host.getRoutes(i), host, compiled));
            } catch (ConfigRejected e) {
                throw e.within("routes[" + i + "]");
            }
        }
        HostRoutes.TlsDemand tls = switch (host.getRequireTls()) {
            case NONE, UNRECOGNIZED -> HostRoutes.TlsDemand.NONE;
            case EXTERNAL_ONLY -> HostRoutes.TlsDemand.EXTERNAL_ONLY;
            case ALL -> HostRoutes.TlsDemand.ALL;
        };
        return new HostRoutes(compiled, List.copyOf(rules), tls, redirectToTls(compiled));
    }

    private static Route redirectToTls(VirtualHost host) {
        RouteAction action = new RouteAction.Redirecting(Redirect.toHttps());
        Route.Common common = new Route.Common("", "", Metadata.EMPTY, null, RouteTimeouts.UNSET);
        return new Route(host, common, action, new PathMatcher.Prefix("/", false), List.of());
    }

    @SuppressWarnings("deprecation") // per_request_buffer_limit_bytes is what control planes write
    private static VirtualHost.Settings settings(io.envoyproxy.envoy.config.route.v3.VirtualHost host) {
        long limit = -1;
        if (host.hasRequestBodyBufferLimit()) {
            limit = host.getRequestBodyBufferLimit().getValue();
        } else if (host.hasPerRequestBufferLimitBytes()) {
            limit = Integer.toUnsignedLong(host.getPerRequestBufferLimitBytes().getValue());
        }
        return new VirtualHost.Settings(
                host.getIncludeRequestAttemptCount(),
                host.getIncludeAttemptCountInResponse(),
                host.getIncludeIsTimeoutRetryHeader(),
                limit,
                Metadata.of(host.getMetadata()),
                VirtualCluster.compileAll(host.getVirtualClustersList()));
    }

    HeaderMutations mutations(List<HeaderValueOption> add, List<String> remove, String field) {
        return HeaderMutations.compile(add, remove, options.facts(), field);
    }

    private HostRoutes.Rule rule(
            io.envoyproxy.envoy.config.route.v3.Route route,
            io.envoyproxy.envoy.config.route.v3.VirtualHost hostProto,
            VirtualHost host) {
        Fields.refuse(route, "", "filter_action");
        if (!route.hasMatch()) {
            throw new ConfigRejected("match", "value is required");
        }
        RouteMatch match = route.getMatch();
        PathMatcher path = PathMatcher.compile(match, "match");
        RouteConditions conditions = RouteConditions.compile(match, "match");
        Route.Common common = common(route);
        Route.Level level = new Route.Level(
                mutations(
                        route.getRequestHeadersToAddList(),
                        route.getRequestHeadersToRemoveList(),
                        "request_headers_to_add"),
                mutations(
                        route.getResponseHeadersToAddList(),
                        route.getResponseHeadersToRemoveList(),
                        "response_headers_to_add"),
                FilterConfigs.compile(route.getTypedPerFilterConfigMap(), options.filters()));
        RouteChoice choice;
        if (route.getActionCase() == ActionCase.ROUTE) {
            ForwardCompiler forward = new ForwardCompiler(this, hostProto, route.getRoute());
            choice = forward.compile(
                    action -> new Route(host, common, action, path, List.of(level)),
                    path,
                    (action, inner) -> new Route(host, common, action, path, List.of(inner, level)));
        } else {
            choice = new RouteChoice.Only(new Route(host, common, fixed(route), path, List.of(level)));
        }
        return new HostRoutes.Rule(path, conditions, choice);
    }

    private RouteAction fixed(io.envoyproxy.envoy.config.route.v3.Route route) {
        return switch (route.getActionCase()) {
            case REDIRECT -> new RouteAction.Redirecting(Redirect.compile(route.getRedirect(), "redirect"));
            case DIRECT_RESPONSE -> DirectBody.compile(route.getDirectResponse(), maxDirectBody, options.facts());
            case NON_FORWARDING_ACTION -> new RouteAction.NonForwarding();
            case ROUTE, FILTER_ACTION, ACTION_NOT_SET -> throw new ConfigRejected("action", "value is required");
        };
    }

    @SuppressWarnings("deprecation") // per_request_buffer_limit_bytes is what control planes write
    private static Route.Common common(io.envoyproxy.envoy.config.route.v3.Route route) {
        long limit = -1;
        if (route.hasRequestBodyBufferLimit()) {
            limit = route.getRequestBodyBufferLimit().getValue();
        } else if (route.hasPerRequestBufferLimitBytes()) {
            limit = Integer.toUnsignedLong(route.getPerRequestBufferLimitBytes().getValue());
        }
        return new Route.Common(
                route.getName(),
                route.getStatPrefix(),
                Metadata.of(route.getMetadata()),
                route.hasDecorator() ? route.getDecorator().getOperation() : null,
                limit);
    }

    void checkCluster(String name, String kind) {
        if (validateClusters && !options.knownClusters().test(name)) {
            throw new ConfigRejected("", "route: unknown " + kind + " '" + name + "'");
        }
    }
}
