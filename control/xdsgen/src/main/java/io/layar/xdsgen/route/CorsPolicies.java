package io.layar.xdsgen.route;

import com.google.protobuf.BoolValue;
import io.envoyproxy.envoy.config.core.v3.RuntimeFractionalPercent;
import io.envoyproxy.envoy.extensions.filters.http.cors.v3.CorsPolicy;

/** {@code CorsPolicy} in Envoy's terms. */
final class CorsPolicies {
    private CorsPolicies() {}

    static CorsPolicy translate(io.layar.config.networking.CorsPolicy policy) {
        boolean ignored =
                policy.unmatchedPreflights() == io.layar.config.networking.CorsPolicy.UnmatchedPreflights.IGNORE;
        CorsPolicy.Builder out = CorsPolicy.newBuilder()
                .setForwardNotMatchingPreflights(BoolValue.of(!ignored))
                .addAllAllowOriginStringMatch(
                        policy.allowOrigins().isEmpty()
                                ? StringMatches.exact(policy.allowOrigin())
                                : StringMatches.toEnvoy(policy.allowOrigins()))
                .setFilterEnabled(RuntimeFractionalPercent.newBuilder().setDefaultValue(Faults.whole(100)))
                .setAllowHeaders(String.join(",", policy.allowHeaders()))
                .setAllowMethods(String.join(",", policy.allowMethods()))
                .setExposeHeaders(String.join(",", policy.exposeHeaders()));
        if (policy.allowCredentials() != null) {
            out.setAllowCredentials(BoolValue.of(policy.allowCredentials()));
        }
        if (policy.maxAge() != null) {
            out.setMaxAge(Long.toString(policy.maxAge().toSeconds()));
        }
        return out.build();
    }
}
