package io.layar.xdsgen.cluster;

import com.google.protobuf.UInt32Value;
import io.envoyproxy.envoy.config.cluster.v3.OutlierDetection;
import io.envoyproxy.envoy.config.common.matcher.v3.HttpHeadersMatch;
import io.envoyproxy.envoy.config.common.matcher.v3.MatchPredicate;
import io.envoyproxy.envoy.config.route.v3.HeaderMatcher;
import io.envoyproxy.envoy.extensions.upstreams.http.v3.HttpProtocolOptions;
import io.envoyproxy.envoy.type.matcher.v3.StringMatcher;
import io.envoyproxy.envoy.type.v3.Percent;
import io.layar.mesh.ProxyView;
import io.layar.mesh.service.Service;
import io.layar.xdsgen.endpoint.EndpointGroups;
import io.layar.xdsgen.envoy.Protos;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Outlier detection by consecutive errors; Envoy's detection by success rate stays off. */
final class OutlierDetections {
    private static final UInt32Value OFF = UInt32Value.of(0);
    private static final UInt32Value ALWAYS = UInt32Value.of(100);

    private OutlierDetections() {}

    static void apply(
            ProxyView view,
            Service service,
            ClusterDraft draft,
            io.layar.config.networking.@Nullable OutlierDetection settings) {
        if (settings == null) {
            return;
        }
        draft.cluster().setOutlierDetection(convert(settings));
        if (settings.minHealthPercent() >= 0) {
            // Where unhealthy endpoints are sent on purpose, panic would use them.
            int percent = EndpointGroups.forcesUnhealthy(view, service) ? 0 : settings.minHealthPercent();
            draft.cluster()
                    .getCommonLbConfigBuilder()
                    .setHealthyPanicThreshold(Percent.newBuilder().setValue(percent));
        }
        if (!settings.outlierDetectionHttpErrorCodes().isEmpty()) {
            draft.http()
                    .setOutlierDetection(HttpProtocolOptions.OutlierDetection.newBuilder()
                            .setErrorMatcher(errors(settings.outlierDetectionHttpErrorCodes())));
        }
    }

    private static OutlierDetection convert(io.layar.config.networking.OutlierDetection settings) {
        OutlierDetection.Builder out = OutlierDetection.newBuilder().setEnforcingSuccessRate(OFF);
        Integer errors = settings.consecutive5xxErrors();
        if (errors != null) {
            out.setConsecutive5Xx(UInt32Value.of(errors)).setEnforcingConsecutive5Xx(enforced(errors));
        }
        Integer gateway = settings.consecutiveGatewayErrors();
        if (gateway != null) {
            out.setConsecutiveGatewayFailure(UInt32Value.of(gateway))
                    .setEnforcingConsecutiveGatewayFailure(enforced(gateway));
        }
        if (settings.interval() != null) {
            out.setInterval(Protos.duration(settings.interval()));
        }
        if (settings.baseEjectionTime() != null) {
            out.setBaseEjectionTime(Protos.duration(settings.baseEjectionTime()));
        }
        if (settings.maxEjectionPercent() > 0) {
            out.setMaxEjectionPercent(UInt32Value.of(settings.maxEjectionPercent()));
        }
        if (settings.splitExternalLocalOriginErrors()) {
            out.setSplitExternalLocalOriginErrors(true).setEnforcingLocalOriginSuccessRate(OFF);
            Integer local = settings.consecutiveLocalOriginFailures();
            if (local != null && local != 0) {
                out.setConsecutiveLocalOriginFailure(UInt32Value.of(local))
                        .setEnforcingConsecutiveLocalOriginFailure(ALWAYS);
            }
        }
        return out.build();
    }

    private static UInt32Value enforced(int errors) {
        return errors == 0 ? OFF : ALWAYS;
    }

    private static MatchPredicate errors(List<Integer> codes) {
        List<MatchPredicate> rules = new ArrayList<>();
        for (int code : codes) {
            rules.add(MatchPredicate.newBuilder()
                    .setHttpResponseHeadersMatch(HttpHeadersMatch.newBuilder()
                            .addHeaders(HeaderMatcher.newBuilder()
                                    .setName(":status")
                                    .setStringMatch(StringMatcher.newBuilder().setExact(Integer.toString(code)))))
                    .build());
        }
        return rules.size() == 1
                ? rules.getFirst()
                : MatchPredicate.newBuilder()
                        .setOrMatch(MatchPredicate.MatchSet.newBuilder().addAllRules(rules))
                        .build();
    }
}
