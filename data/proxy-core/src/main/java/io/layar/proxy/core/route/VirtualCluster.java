package io.layar.proxy.core.route;

import io.layar.proxy.core.http.HeaderMap;
import io.layar.proxy.core.match.HeaderMatcher;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A named group of requests, for statistics and logs. Thread: any (immutable). */
public record VirtualCluster(String name, List<HeaderMatcher> headers) {
    private static final String OTHER = "other";

    static List<VirtualCluster> compileAll(List<io.envoyproxy.envoy.config.route.v3.VirtualCluster> protos) {
        List<VirtualCluster> all = new ArrayList<>(protos.size());
        for (var proto : protos) {
            all.add(new VirtualCluster(
                    proto.getName(), HeaderMatcher.compileAll(proto.getHeadersList(), "virtual_clusters.headers")));
        }
        return List.copyOf(all);
    }

    /** The first group that a request belongs to, {@code other} for none of them, null where there are no groups. */
    public static @Nullable String nameOf(HeaderMap request, List<VirtualCluster> clusters) {
        for (VirtualCluster cluster : clusters) {
            if (HeaderMatcher.allMatch(cluster.headers, request)) {
                return cluster.name;
            }
        }
        return clusters.isEmpty() ? null : OTHER;
    }
}
