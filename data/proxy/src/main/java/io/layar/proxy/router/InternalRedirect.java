package io.layar.proxy.router;

import io.layar.proxy.core.http.HeaderMap;
import io.layar.proxy.core.http.HeaderNames;
import io.layar.proxy.core.route.InternalRedirects;
import io.layar.proxy.core.route.Route;
import io.layar.proxy.core.route.RouteAction;
import io.layar.proxy.core.stream.StreamInfo;
import io.layar.proxy.http.FilterCallbacks;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Redirects of an upstream that the proxy follows itself. */
final class InternalRedirect {
    private static final String STATE = "layar.internal_redirects";
    private static final String ORIGINAL_URL = "x-envoy-original-url";

    private InternalRedirect() {}

    /** What earlier redirects of the same request left. */
    private static final class Trail {
        private final Set<String> routes = new HashSet<>();
        private long count;
    }

    /** Tries to follow; true when the stream begins anew and this answer is of no interest any more. */
    static boolean follow(
            RouterFilter router, Route route, RouteAction.Forward action, HeaderMap response, int status) {
        InternalRedirects rules = action.extras().internalRedirects();
        if (rules == null || !rules.statuses().contains(status)) {
            return false;
        }
        RouterStats.Redirects stats = router.config().stats().redirects();
        FilterCallbacks callbacks = router.callbacks();
        Target target = Target.parse(response.get("location"));
        StreamInfo info = callbacks.streamInfo();
        Trail trail = info.filterState(STATE) instanceof Trail known ? known : new Trail();
        boolean allowed = target != null
                && callbacks.requestComplete()
                && !router.bodyLost()
                && trail.count < rules.maxRedirects()
                && schemeAllowed(rules, router.requestHeaders(), target);
        if (!allowed || target == null || !redirected(router, route, rules, target, response, status, trail)) {
            stats.passed().inc();
            return false;
        }
        stats.followed().inc();
        return true;
    }

    private static boolean schemeAllowed(InternalRedirects rules, HeaderMap headers, Target target) {
        String scheme = headers.get(HeaderNames.SCHEME);
        return rules.crossScheme() || target.scheme.isEmpty() || target.scheme.equals(scheme);
    }

    private static boolean redirected(
            RouterFilter router,
            Route route,
            InternalRedirects rules,
            Target target,
            HeaderMap response,
            int status,
            Trail trail) {
        HeaderMap headers = router.requestHeaders();
        HeaderMap before = headers.copy();
        boolean fromTls = "https".equals(headers.get(HeaderNames.SCHEME));
        String oldUrl = headers.get(HeaderNames.SCHEME) + "://" + headers.get(HeaderNames.AUTHORITY)
                + headers.get(HeaderNames.PATH);
        if (!target.scheme.isEmpty()) {
            headers.set(HeaderNames.SCHEME, target.scheme);
        }
        if (!target.host.isEmpty()) {
            headers.set(HeaderNames.AUTHORITY, target.host);
        }
        headers.set(HeaderNames.PATH, target.path);
        FilterCallbacks callbacks = router.callbacks();
        callbacks.clearRoute();
        Route next = callbacks.route();
        trail.routes.add(route.routeName());
        boolean toTls = "https".equals(headers.get(HeaderNames.SCHEME));
        boolean accepted = next != null
                && rules.predicates().stream()
                        .allMatch(rule -> rule.accepts(next.routeName(), trail.routes, fromTls, toTls));
        if (!accepted) {
            restore(headers, before);
            callbacks.clearRoute();
            callbacks.route();
            return false;
        }
        trail.count++;
        callbacks.streamInfo().writableFilterState().put(STATE, trail);
        for (String name : rules.headersToCopy()) {
            headers.remove(name);
            String value = response.get(name);
            if (value != null) {
                headers.add(name, value);
            }
        }
        if (status == 303 && !isSafe(headers.get(HeaderNames.METHOD))) {
            headers.set(HeaderNames.METHOD, "GET");
            headers.remove(HeaderNames.CONTENT_LENGTH);
            headers.remove(HeaderNames.CONTENT_TYPE);
        }
        headers.set(ORIGINAL_URL, oldUrl);
        router.abandon();
        callbacks.streamInfo().responseCode(status);
        callbacks.streamInfo().responseCodeDetails("internal_redirect");
        return callbacks.recreateStream();
    }

    private static boolean isSafe(@Nullable String method) {
        return "GET".equals(method) || "HEAD".equals(method);
    }

    private static void restore(HeaderMap headers, HeaderMap before) {
        headers.clear();
        for (int i = 0; i < before.size(); i++) {
            headers.add(before.name(i), before.value(i));
        }
    }

    /** An absolute URL, or a path; {@code scheme} and {@code host} are empty for a path. */
    private record Target(String scheme, String host, String path) {
        static @Nullable Target parse(@Nullable String location) {
            if (location == null || location.isEmpty()) {
                return null;
            }
            int end = location.indexOf('#');
            String url = end < 0 ? location : location.substring(0, end);
            if (url.startsWith("/")) {
                return new Target("", "", url);
            }
            int colon = url.indexOf("://");
            String scheme = colon < 0 ? "" : url.substring(0, colon);
            if (!scheme.equals("http") && !scheme.equals("https")) {
                return null;
            }
            int slash = url.indexOf('/', colon + 3);
            String host = slash < 0 ? url.substring(colon + 3) : url.substring(colon + 3, slash);
            return host.isEmpty() ? null : new Target(scheme, host, slash < 0 ? "/" : url.substring(slash));
        }
    }
}
