package io.layar.proxy.core.route;

import io.envoyproxy.envoy.config.route.v3.RouteAction;
import io.layar.proxy.core.http.HeaderMap;
import io.layar.proxy.core.http.HeaderNames;
import io.layar.proxy.core.match.RegexSubstitution;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How a route changes the authority. Thread: any (immutable). */
public sealed interface HostRewrite {
    /** The new authority, or null when it stays. */
    @Nullable
    String apply(HeaderMap headers);

    record None() implements HostRewrite {
        @Override
        public @Nullable String apply(HeaderMap headers) {
            return null;
        }
    }

    /** The router does it when a host is chosen: its name is the authority. */
    record Auto() implements HostRewrite {
        @Override
        public @Nullable String apply(HeaderMap headers) {
            return null;
        }
    }

    record Literal(String host) implements HostRewrite {
        @Override
        public @Nullable String apply(HeaderMap headers) {
            return host;
        }
    }

    /** A weighted cluster's own host; the route's rewrite, if any, comes after it. */
    record OfCluster(String host, HostRewrite ofRoute) implements HostRewrite {
        @Override
        public @Nullable String apply(HeaderMap headers) {
            headers.set(HeaderNames.AUTHORITY, host);
            return ofRoute.apply(headers);
        }
    }

    record FromHeader(String name) implements HostRewrite {
        @Override
        public @Nullable String apply(HeaderMap headers) {
            String value = headers.get(name);
            return value == null || value.isEmpty() ? null : value;
        }
    }

    record FromPath(RegexSubstitution substitution) implements HostRewrite {
        @Override
        public @Nullable String apply(HeaderMap headers) {
            String path = headers.get(HeaderNames.PATH);
            return path == null ? null : substitution.replaceAll(Paths.withoutQuery(path));
        }
    }

    static HostRewrite compile(RouteAction proto, String field) {
        return switch (proto.getHostRewriteSpecifierCase()) {
            case HOST_REWRITE_LITERAL ->
                proto.getHostRewriteLiteral().isEmpty() ? new None() : new Literal(proto.getHostRewriteLiteral());
            case AUTO_HOST_REWRITE -> proto.getAutoHostRewrite().getValue() ? new Auto() : new None();
            case HOST_REWRITE_HEADER ->
                new FromHeader(
                        proto.getHostRewriteHeader().toLowerCase(Locale.ROOT).intern());
            case HOST_REWRITE_PATH_REGEX ->
                new FromPath(
                        RegexSubstitution.compile(proto.getHostRewritePathRegex(), field + ".host_rewrite_path_regex"));
            case HOSTREWRITESPECIFIER_NOT_SET -> new None();
        };
    }
}
