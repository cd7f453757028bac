package io.layar.proxy.router;

import io.layar.proxy.core.cluster.Host;
import io.layar.proxy.core.http.HeaderMap;
import io.layar.proxy.core.lb.LoadBalancerContext;
import io.layar.proxy.core.lb.MetadataMatch;
import io.layar.proxy.core.lb.PriorityLoad;
import io.layar.proxy.core.lb.PrioritySet;
import io.layar.proxy.core.retry.AttemptedHosts;
import io.layar.proxy.core.route.RouteAction;
import io.layar.proxy.core.stream.ConnectionInfo;
import io.layar.proxy.core.stream.StreamInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What a request wishes of its load balancer: hash, subset, hosts that a retry avoids. Thread: event loop of the stream. */
final class RequestBalancing implements LoadBalancerContext {
    private final HeaderMap headers;
    private final StreamInfo info;
    private final AttemptedHosts tried;
    private final OptionalLong hash;
    private final @Nullable MetadataMatch match;
    private List<String> cookies = List.of();
    private boolean retrying;

    RequestBalancing(RouteAction.Forward route, HeaderMap headers, StreamInfo info, AttemptedHosts tried) {
        this.headers = headers;
        this.info = info;
        this.tried = tried;
        this.hash = route.balancing().hash().isEmpty()
                ? OptionalLong.empty()
                : route.balancing().hash().hash(headers, info, this::addCookie);
        Map<String, Object> own = info.dynamicMetadata().namespace("envoy.lb");
        MetadataMatch ofRoute = route.balancing().metadataMatch();
        if (own == null) {
            this.match = ofRoute;
        } else {
            this.match = ofRoute == null ? MetadataMatch.of(own) : ofRoute.mergedWith(own);
        }
    }

    private void addCookie(String cookie) {
        if (cookies.isEmpty()) {
            cookies = new ArrayList<>(1);
        }
        cookies.add(cookie);
    }

    /** Values of set-cookie headers that the answer must carry. */
    List<String> cookies() {
        return cookies;
    }

    AttemptedHosts tried() {
        return tried;
    }

    /** From now on hosts are drawn for a retry. */
    void retrying() {
        retrying = true;
    }

    @Override
    public boolean hasHash() {
        return hash.isPresent();
    }

    @Override
    public long hash() {
        return hash.orElse(0);
    }

    @Override
    public @Nullable MetadataMatch metadataMatch() {
        return match;
    }

    @Override
    public boolean shouldSelectAnotherHost(Host host) {
        return retrying && tried.avoids(host);
    }

    @Override
    public int hostSelectionRetryCount() {
        return retrying ? tried.maxAttempts() : 1;
    }

    @Override
    public PriorityLoad priorityLoad(PrioritySet hosts, PriorityLoad original) {
        return retrying ? tried.load(hosts, original) : original;
    }

    @Override
    public @Nullable ConnectionInfo downstreamConnection() {
        return info.connection();
    }

    @Override
    public @Nullable StreamInfo streamInfo() {
        return info;
    }

    @Override
    public @Nullable String requestHeader(String name) {
        return headers.get(name);
    }
}
