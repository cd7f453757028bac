package io.layar.proxy.core.route;

import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.layar.proxy.core.config.ConfigRejected;
import io.layar.proxy.core.config.Durations;
import io.layar.proxy.core.config.Fields;
import io.layar.proxy.core.http.HeaderMap;
import io.layar.proxy.core.http.HeaderNames;
import io.layar.proxy.core.runtime.RuntimeValues;
import io.layar.proxy.core.stream.Metadata;
import io.layar.proxy.core.stream.StreamInfo;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A route configuration, compiled: from a request's headers to its {@link Route}.
 *
 * <p>Order: virtual host by domain ({@link DomainIndex}), then the first route of it that matches.
 * Errors: compilation throws {@link ConfigRejected}; routing never throws. Thread: any (immutable).
 * Not done, and refused: VHDS, matcher trees, cluster specifier plugins, filter actions.
 */
public final class RouteTable {
    private static final int MAX_DIRECT_BODY = 4096;

    private final String name;
    private final Route.Level level;
    private final boolean mostSpecificWins;
    private final boolean ignorePort;
    private final boolean ignorePathParameters;
    private final List<String> internalOnlyHeaders;
    private final Metadata metadata;
    private final DomainIndex<HostRoutes> hosts;
    private final RuntimeValues runtime;

    private RouteTable(RouteConfiguration proto, RouteOptions options) {
        Fields.refuse(proto, "", "vhds", "cluster_specifier_plugins");
        name = proto.getName();
        runtime = options.runtime();
        mostSpecificWins = proto.getMostSpecificHeaderMutationsWins();
        ignorePort = proto.getIgnorePortInHostMatching();
        ignorePathParameters = proto.getIgnorePathParametersInPathMatching();
        metadata = Metadata.of(proto.getMetadata());
        internalOnlyHeaders = proto.getInternalOnlyHeadersList().stream()
                .map(one -> one.toLowerCase(Locale.ROOT))
                .toList();
        level = new Route.Level(
                HeaderMutations.compile(
                        proto.getRequestHeadersToAddList(),
                        proto.getRequestHeadersToRemoveList(),
                        options.facts(),
                        "request_headers_to_add"),
                HeaderMutations.compile(
                        proto.getResponseHeadersToAddList(),
                        proto.getResponseHeadersToRemoveList(),
                        options.facts(),
                        "response_headers_to_add"),
                FilterConfigs.compile(proto.getTypedPerFilterConfigMap(), options.filters()));
        hosts = hosts(proto, options);
    }

    /** Errors: {@link ConfigRejected} with the path of the first field that is wrong or not supported. */
    public static RouteTable compile(RouteConfiguration proto, RouteOptions options) {
        return new RouteTable(proto, options);
    }

    private DomainIndex<HostRoutes> hosts(RouteConfiguration proto, RouteOptions options) {
        boolean validate =
                proto.hasValidateClusters() ? proto.getValidateClusters().getValue() : options.validateClusters();
        long maxBody = Durations.unsigned(
                proto.hasMaxDirectResponseBodySizeBytes(), proto.getMaxDirectResponseBodySizeBytes(), MAX_DIRECT_BODY);
        RouteCompiler compiler = new RouteCompiler(this, proto, options, validate, maxBody);
        DomainIndex.Builder<HostRoutes> index = new DomainIndex.Builder<>();
        for (int i = 0; i < proto.getVirtualHostsCount(); i++) {
            try {
                HostRoutes routes = compiler.host(proto.getVirtualHosts(i));
                proto.getVirtualHosts(i).getDomainsList().forEach(domain -> index.add(domain, routes, name));
            } catch (ConfigRejected e) {
                throw e.within("virtual_hosts[" + i + "]");
            }
        }
        return index.build();
    }

    public String name() {
        return name;
    }

    public Metadata metadata() {
        return metadata;
    }

    /** Headers that requests from outside must not carry. */
    public List<String> internalOnlyHeaders() {
        return internalOnlyHeaders;
    }

    Route.Level level() {
        return level;
    }

    boolean mostSpecificWins() {
        return mostSpecificWins;
    }

    /** The route of a request, or null when there is none. {@code random} is uniform over 64 bits. */
    public @Nullable Route route(HeaderMap headers, StreamInfo info, long random) {
        HostRoutes routes = find(headers);
        return routes == null ? null : routes.route(headers, path(headers), info, random, runtime);
    }

    /** The virtual host of a request, or null. */
    public @Nullable VirtualHost virtualHost(HeaderMap headers) {
        HostRoutes routes = find(headers);
        return routes == null ? null : routes.host();
    }

    private @Nullable HostRoutes find(HeaderMap headers) {
        if (hosts.onlyAny()) {
            return hosts.any();
        }
        String authority = headers.get(HeaderNames.AUTHORITY);
        if (authority == null || authority.isEmpty()) {
            return hosts.any();
        }
        String host = authority.toLowerCase(Locale.ROOT);
        int port = ignorePort ? Paths.portStart(host) : -1;
        return hosts.find(port < 0 ? host : host.substring(0, port));
    }

    /** What path rules look at, or null for a request without a path. */
    private @Nullable String path(HeaderMap headers) {
        String path = headers.get(HeaderNames.PATH);
        if (path == null) {
            return null;
        }
        String plain = Paths.withoutQuery(path);
        int semicolon = ignorePathParameters ? plain.indexOf(';') : -1;
        return semicolon < 0 ? plain : plain.substring(0, semicolon);
    }
}
