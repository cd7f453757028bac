package io.layar.proxy.filter.cors;

import io.envoyproxy.envoy.extensions.filters.http.cors.v3.CorsPolicy;
import io.layar.proxy.core.match.StringMatcher;
import io.layar.proxy.core.route.RuntimeFraction;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A CORS policy. Thread: any (immutable).
 *
 * @param enabled null is always
 * @param shadow null is never
 */
record CorsRules(
        List<StringMatcher> origins,
        Texts texts,
        boolean credentials,
        boolean privateNetwork,
        boolean forwardOthers,
        @Nullable RuntimeFraction enabled,
        @Nullable RuntimeFraction shadow) {
    /** Header values; empty leaves a header out. */
    record Texts(String methods, String headers, String expose, String maxAge) {}

    static CorsRules compile(CorsPolicy proto) {
        return new CorsRules(
                StringMatcher.compileAll(proto.getAllowOriginStringMatchList(), "allow_origin_string_match"),
                new Texts(
                        proto.getAllowMethods(), proto.getAllowHeaders(), proto.getExposeHeaders(), proto.getMaxAge()),
                proto.getAllowCredentials().getValue(),
                proto.getAllowPrivateNetworkAccess().getValue(),
                !proto.hasForwardNotMatchingPreflights()
                        || proto.getForwardNotMatchingPreflights().getValue(),
                proto.hasFilterEnabled() ? RuntimeFraction.of(proto.getFilterEnabled()) : null,
                proto.hasShadowEnabled() ? RuntimeFraction.of(proto.getShadowEnabled()) : null);
    }

    boolean allows(String origin) {
        for (StringMatcher matcher : origins) {
            if (matcher.matches("*") || matcher.matches(origin)) {
                return true;
            }
        }
        return false;
    }
}
