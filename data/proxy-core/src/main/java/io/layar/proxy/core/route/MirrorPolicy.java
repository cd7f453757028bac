package io.layar.proxy.core.route;

import io.envoyproxy.envoy.config.common.mutation_rules.v3.HeaderMutation;
import io.envoyproxy.envoy.config.core.v3.HeaderValueOption;
import io.envoyproxy.envoy.config.route.v3.RouteAction.RequestMirrorPolicy;
import io.layar.proxy.core.config.ConfigRejected;
import io.layar.proxy.core.http.HeaderMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A copy of a request to another cluster, whose answer nobody waits for. Thread: any (immutable).
 *
 * @param cluster name, empty when a header names it
 * @param clusterHeader that header, or empty
 * @param fraction null for every request
 * @param suffix whether {@code -shadow} is added to the authority
 */
public record MirrorPolicy(
        String cluster,
        String clusterHeader,
        @Nullable RuntimeFraction fraction,
        boolean suffix,
        HeaderMutations mutations,
        String hostRewrite) {

    static List<MirrorPolicy> compileAll(List<RequestMirrorPolicy> protos, RouteOptions options, String field) {
        List<MirrorPolicy> all = new ArrayList<>(protos.size());
        for (RequestMirrorPolicy proto : protos) {
            if (proto.getCluster().isEmpty() == proto.getClusterHeader().isEmpty()) {
                throw new ConfigRejected(field, "exactly one of cluster and cluster_header is required");
            }
            all.add(new MirrorPolicy(
                    proto.getCluster(),
                    proto.getClusterHeader().toLowerCase(Locale.ROOT),
                    proto.hasRuntimeFraction() ? RuntimeFraction.of(proto.getRuntimeFraction()) : null,
                    !proto.getDisableShadowHostSuffixAppend(),
                    mutations(proto, options, field),
                    proto.getHostRewriteLiteral()));
        }
        return List.copyOf(all);
    }

    private static HeaderMutations mutations(RequestMirrorPolicy proto, RouteOptions options, String field) {
        List<HeaderValueOption> add = new ArrayList<>();
        List<String> remove = new ArrayList<>();
        for (HeaderMutation mutation : proto.getRequestHeadersMutationsList()) {
            switch (mutation.getActionCase()) {
                case APPEND -> add.add(mutation.getAppend());
                case REMOVE -> remove.add(mutation.getRemove());
                case REMOVE_ON_MATCH -> throw ConfigRejected.unsupported(field, "remove_on_match");
                case ACTION_NOT_SET -> throw new ConfigRejected(field, "action: value is required");
            }
        }
        return HeaderMutations.compile(add, remove, options.facts(), field);
    }

    /** The cluster that this request is copied to, or null for none. */
    public @Nullable String clusterOf(HeaderMap headers) {
        if (!cluster.isEmpty()) {
            return cluster;
        }
        String named = headers.get(clusterHeader);
        return named == null || named.isEmpty() ? null : named;
    }
}
