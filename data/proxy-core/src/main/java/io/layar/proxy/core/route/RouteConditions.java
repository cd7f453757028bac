package io.layar.proxy.core.route;

import io.envoyproxy.envoy.config.route.v3.RouteMatch;
import io.layar.proxy.core.accesslog.GrpcStatus;
import io.layar.proxy.core.http.HeaderMap;
import io.layar.proxy.core.http.HeaderNames;
import io.layar.proxy.core.match.FilterStateMatcher;
import io.layar.proxy.core.match.HeaderMatcher;
import io.layar.proxy.core.match.MetadataMatcher;
import io.layar.proxy.core.runtime.RuntimeValues;
import io.layar.proxy.core.stream.StreamInfo;
import io.layar.proxy.core.stream.TlsFacts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a route asks of a request beyond its path; all of it must hold. Thread: any (immutable). */
final class RouteConditions {
    private final @Nullable RuntimeFraction fraction;
    private final boolean grpcOnly;
    private final List<HeaderMatcher> headers;
    private final List<QueryRule> query;
    private final @Nullable TlsRule tls;
    private final List<MetadataMatcher> metadata;
    private final List<FilterStateMatcher> filterState;
    private final boolean none;

    private RouteConditions(RouteMatch match, String field) {
        fraction = match.hasRuntimeFraction() ? RuntimeFraction.of(match.getRuntimeFraction()) : null;
        grpcOnly = match.hasGrpc();
        headers = HeaderMatcher.compileAll(match.getHeadersList(), field + ".headers");
        query = match.getQueryParametersList().stream()
                .map(one -> QueryRule.of(one, field + ".query_parameters"))
                .toList();
        tls = match.hasTlsContext() ? TlsRule.of(match.getTlsContext()) : null;
        metadata = match.getDynamicMetadataList().stream()
                .map(one -> MetadataMatcher.compile(one, field + ".dynamic_metadata"))
                .toList();
        filterState = match.getFilterStateList().stream()
                .map(one -> FilterStateMatcher.compile(one, field + ".filter_state"))
                .toList();
        none = fraction == null
                && !grpcOnly
                && tls == null
                && headers.isEmpty()
                && query.isEmpty()
                && metadata.isEmpty()
                && filterState.isEmpty();
    }

    static RouteConditions compile(RouteMatch match, String field) {
        return new RouteConditions(match, field);
    }

    boolean hold(HeaderMap request, StreamInfo info, long random, RuntimeValues runtime) {
        if (none) {
            return true;
        }
        if (fraction != null && !fraction.holds(runtime, random)) {
            return false;
        }
        return (!grpcOnly || GrpcStatus.isGrpcRequest(request))
                && HeaderMatcher.allMatch(headers, request)
                && queryHolds(request)
                && (tls == null || tls.holds(info.connection().tls()))
                && streamHolds(info);
    }

    private boolean queryHolds(HeaderMap request) {
        if (query.isEmpty()) {
            return true;
        }
        String path = request.get(HeaderNames.PATH);
        for (QueryRule rule : query) {
            if (!rule.holds(path == null ? "" : path)) {
                return false;
            }
        }
        return true;
    }

    private boolean streamHolds(StreamInfo info) {
        for (MetadataMatcher matcher : metadata) {
            if (!matcher.matches(info.dynamicMetadata())) {
                return false;
            }
        }
        for (FilterStateMatcher matcher : filterState) {
            if (!matcher.matches(info)) {
                return false;
            }
        }
        return true;
    }

    private record TlsRule(
            @Nullable Boolean presented, @Nullable Boolean validated) {
        static TlsRule of(RouteMatch.TlsContextMatchOptions proto) {
            return new TlsRule(
                    proto.hasPresented() ? proto.getPresented().getValue() : null,
                    proto.hasValidated() ? proto.getValidated().getValue() : null);
        }

        /** A plain connection meets no TLS rule that asks for anything. */
        boolean holds(@Nullable TlsFacts facts) {
            boolean isPresented = facts != null && facts.peerCertificatePresented();
            boolean isValidated = facts != null && facts.peerCertificateValidated();
            return (presented == null || (facts != null && presented == isPresented))
                    && (validated == null || (facts != null && validated == isValidated));
        }
    }
}
