package io.layar.proxy.core.route;

import io.layar.proxy.core.http.HeaderMap;
import io.layar.proxy.core.http.HeaderNames;
import io.layar.proxy.core.runtime.RuntimeValues;
import io.layar.proxy.core.stream.StreamInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The routes of one virtual host. Thread: any (immutable). */
record HostRoutes(VirtualHost host, List<Rule> rules, TlsDemand tls, Route redirectToTls) {
    /** require_tls. */
    enum TlsDemand {
        NONE,
        EXTERNAL_ONLY,
        ALL
    }

    /** One entry: what it asks of a request, and which routes it leads to. */
    record Rule(PathMatcher path, RouteConditions conditions, RouteChoice choice) {}

    @Nullable
    Route route(HeaderMap headers, @Nullable String path, StreamInfo info, long random, RuntimeValues runtime) {
        if (tls != TlsDemand.NONE) {
            String scheme = headers.get(HeaderNames.X_FORWARDED_PROTO);
            if (scheme == null) {
                return null;
            }
            if (!scheme.equals("https") && (tls == TlsDemand.ALL || !info.internal())) {
                return redirectToTls;
            }
        }
        for (int i = 0; i < rules.size(); i++) {
            Rule rule = rules.get(i);
            if (path == null && !rule.path.takesPathless()) {
                continue;
            }
            if (rule.path.matches(path == null ? "" : path, headers)
                    && rule.conditions.hold(headers, info, random, runtime)) {
                return rule.choice.choose(headers, info, random, runtime);
            }
        }
        return null;
    }
}
