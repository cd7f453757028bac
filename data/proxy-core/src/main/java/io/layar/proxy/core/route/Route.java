package io.layar.proxy.core.route;

import io.layar.proxy.core.accesslog.LogInput;
import io.layar.proxy.core.http.HeaderMap;
import io.layar.proxy.core.http.HeaderNames;
import io.layar.proxy.core.stream.Metadata;
import io.layar.proxy.core.stream.RouteFacts;
import io.layar.proxy.core.stream.StreamInfo;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The route of a request: one entry of the table, with the weighted cluster chosen. Thread: any (immutable).
 *
 * <p>Order of levels, everywhere: weighted cluster, route, virtual host, table (most specific first).
 */
public final class Route implements RouteFacts {
    private static final String ORIGINAL_PATH = "x-envoy-original-path";
    private static final String ORIGINAL_HOST = "x-envoy-original-host";
    private static final String FORWARDED_HOST = "x-forwarded-host";

    private final VirtualHost virtualHost;
    private final Common common;
    private final RouteAction action;
    private final PathMatcher path;
    private final Level[] levels;
    private final HeaderMutations[] requestMutations;
    private final HeaderMutations[] responseMutations;

    /**
     * What every kind of route has.
     *
     * @param decorator operation name for traces, or null
     * @param bufferLimit of bytes kept for retries, or -1
     */
    record Common(
            String name,
            String statPrefix,
            Metadata metadata,
            @Nullable String decorator,
            long bufferLimit) {}

    /** Header mutations and filter configuration of one level. */
    record Level(HeaderMutations request, HeaderMutations response, FilterConfigs filters) {}

    Route(VirtualHost virtualHost, Common common, RouteAction action, PathMatcher path, List<Level> own) {
        this.virtualHost = virtualHost;
        this.common = common;
        this.action = action;
        this.path = path;
        RouteTable table = virtualHost.table();
        List<Level> all = new ArrayList<>(own);
        all.add(new Level(virtualHost.requestHeaders(), virtualHost.responseHeaders(), virtualHost.filterConfigs()));
        all.add(table.level());
        this.levels = all.toArray(Level[]::new);
        List<Level> order = table.mostSpecificWins() ? all.reversed() : all;
        this.requestMutations =
                order.stream().map(Level::request).filter(one -> !one.isEmpty()).toArray(HeaderMutations[]::new);
        this.responseMutations = order.stream()
                .map(Level::response)
                .filter(one -> !one.isEmpty())
                .toArray(HeaderMutations[]::new);
    }

    private Route(Route other, RouteAction action) {
        this.virtualHost = other.virtualHost;
        this.common = other.common;
        this.action = action;
        this.path = other.path;
        this.levels = other.levels;
        this.requestMutations = other.requestMutations;
        this.responseMutations = other.responseMutations;
    }

    /** The same route to another cluster. */
    public Route withCluster(String cluster) {
        return action instanceof RouteAction.Forward forward ? new Route(this, forward.withCluster(cluster)) : this;
    }

    public VirtualHost virtualHost() {
        return virtualHost;
    }

    public RouteAction action() {
        return action;
    }

    /** The action of a route that forwards, else null. */
    public RouteAction.@Nullable Forward forward() {
        return action instanceof RouteAction.Forward forward ? forward : null;
    }

    @Override
    public String routeName() {
        return common.name;
    }

    @Override
    public String virtualHostName() {
        return virtualHost.name();
    }

    @Override
    public Metadata metadata() {
        return common.metadata;
    }

    @Override
    public Metadata virtualHostMetadata() {
        return virtualHost.settings().metadata();
    }

    @Override
    public String statPrefix() {
        return common.statPrefix;
    }

    /** Operation name for traces, or null. */
    public @Nullable String decorator() {
        return common.decorator;
    }

    /** How many bytes of a request may be kept for retries here, or -1 when only the listener's limit counts. */
    public long bufferLimit() {
        return common.bufferLimit >= 0
                ? common.bufferLimit
                : virtualHost.settings().bufferLimit();
    }

    /** The most specific configuration for a filter, or null. */
    public @Nullable Object filterConfig(String filterName) {
        for (Level level : levels) {
            Object config = level.filters.get(filterName);
            if (config != null) {
                return config;
            }
        }
        return null;
    }

    /** All configurations for a filter, least specific first. */
    public List<Object> filterConfigs(String filterName) {
        List<Object> all = new ArrayList<>(2);
        for (int i = levels.length - 1; i >= 0; i--) {
            Object config = levels[i].filters.get(filterName);
            if (config != null) {
                all.add(config);
            }
        }
        return all;
    }

    /** Prepares a request for its upstream: header mutations, then host, then path. */
    public void finalizeRequest(HeaderMap headers, StreamInfo info, boolean insertOriginal) {
        if (requestMutations.length > 0) {
            LogInput in = LogInput.ofRequest(info, headers);
            for (HeaderMutations mutations : requestMutations) {
                mutations.apply(headers, in);
            }
        }
        if (action instanceof RouteAction.Forward forward) {
            String host = forward.rewrites().host().apply(headers);
            if (host != null) {
                rewriteHost(headers, host, forward.rewrites().appendForwardedHost(), insertOriginal);
            }
            rewritePath(headers, forward.rewrites().path(), insertOriginal);
        }
    }

    /** Changes the authority, and keeps the old one in x-envoy-original-host and x-forwarded-host where it is wanted there. */
    public static void rewriteHost(
            HeaderMap headers, String host, boolean appendForwardedHost, boolean insertOriginal) {
        String old = headers.get(HeaderNames.AUTHORITY);
        if (insertOriginal && old != null && !old.isEmpty()) {
            headers.set(ORIGINAL_HOST, old);
        }
        if (appendForwardedHost && old != null && !old.isEmpty() && !old.equals(host)) {
            String known = headers.get(FORWARDED_HOST);
            headers.set(FORWARDED_HOST, known == null || known.isEmpty() ? old : known + "," + old);
        }
        headers.set(HeaderNames.AUTHORITY, host);
    }

    /** A redirect's own rewrite of the path, which comes before its location is made. */
    public void rewriteForRedirect(HeaderMap headers, boolean insertOriginalPath) {
        if (action instanceof RouteAction.Redirecting redirecting) {
            rewritePath(headers, redirecting.redirect().rewrite(), insertOriginalPath);
        }
    }

    private void rewritePath(HeaderMap headers, @Nullable PathRewrite rewrite, boolean insertOriginalPath) {
        String old = rewrite == null ? null : headers.get(HeaderNames.PATH);
        if (rewrite == null || old == null) {
            return;
        }
        if (insertOriginalPath) {
            headers.set(ORIGINAL_PATH, old);
        }
        headers.set(HeaderNames.PATH, rewrite.apply(old, path));
    }

    /** Applies the response header mutations of all levels. */
    public void finalizeResponse(HeaderMap request, HeaderMap response, StreamInfo info) {
        if (responseMutations.length > 0) {
            LogInput in = LogInput.ofResponse(info, request, response);
            for (HeaderMutations mutations : responseMutations) {
                mutations.apply(response, in);
            }
        }
    }
}
