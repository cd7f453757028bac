package io.layar.proxy.filter.ratelimit;

import io.layar.proxy.core.accesslog.GrpcStatus;
import io.layar.proxy.core.accesslog.LogInput;
import io.layar.proxy.core.http.HeaderMap;
import io.layar.proxy.core.route.Descriptor;
import io.layar.proxy.core.route.DescriptorInput;
import io.layar.proxy.core.route.RateLimits;
import io.layar.proxy.core.route.Route;
import io.layar.proxy.core.route.RouteAction;
import io.layar.proxy.core.runtime.RuntimeValues;
import io.layar.proxy.core.stream.ResponseFlag;
import io.layar.proxy.http.FilterCallbacks;
import io.layar.proxy.http.HeadersStatus;
import io.layar.proxy.http.HttpFilter;
import io.layar.proxy.http.RouteConfigs;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Counts a request against the buckets of its limit. Thread: event loop of the stream. */
final class LocalRateLimitFilter implements HttpFilter {
    private final LocalLimit ofChain;
    private final RuntimeValues runtime;
    private final String nodeCluster;
    private final FilterCallbacks callbacks;
    private @Nullable LocalLimit limit;
    private @Nullable TokenBucket bucket;

    LocalRateLimitFilter(LocalLimit ofChain, RuntimeValues runtime, String nodeCluster, FilterCallbacks callbacks) {
        this.ofChain = ofChain;
        this.runtime = runtime;
        this.nodeCluster = nodeCluster;
        this.callbacks = callbacks;
    }

    @Override
    public HeadersStatus onRequestHeaders(HeaderMap headers, boolean end) {
        LocalLimit used = RouteConfigs.specific(callbacks, LocalLimit.class, ofChain);
        if (!used.enabled.holds(runtime, ThreadLocalRandom.current().nextLong())) {
            return HeadersStatus.CONTINUE;
        }
        used.stats.enabled().inc();
        LocalLimit.Outcome outcome = used.draw(descriptors(used, headers));
        limit = used;
        bucket = outcome.bucket();
        if (outcome.allowed()) {
            used.stats.ok().inc();
            return HeadersStatus.CONTINUE;
        }
        used.stats.limited().inc();
        if (!used.enforced.holds(runtime, ThreadLocalRandom.current().nextLong())) {
            used.requestHeaders.apply(headers, LogInput.ofRequest(callbacks.streamInfo(), headers));
            return HeadersStatus.CONTINUE;
        }
        used.stats.enforced().inc();
        refuse(used, headers);
        return HeadersStatus.STOP;
    }

    private void refuse(LocalLimit used, HeaderMap headers) {
        callbacks.streamInfo().addFlag(ResponseFlag.RATE_LIMITED);
        callbacks.sendLocalReply(
                used.status,
                "local_rate_limited",
                answer -> used.responseHeaders.apply(
                        answer, LogInput.ofResponse(callbacks.streamInfo(), headers, answer)),
                used.resourceExhausted ? GrpcStatus.RESOURCE_EXHAUSTED : FilterCallbacks.NO_GRPC_STATUS,
                "local_rate_limited");
    }

    private List<Descriptor> descriptors(LocalLimit used, HeaderMap headers) {
        Route route = callbacks.route();
        RouteAction.Forward forward = route == null ? null : route.forward();
        if (!used.hasSpecials()) {
            return List.of();
        }
        String cluster = forward == null ? "" : forward.cluster();
        DescriptorInput input = new DescriptorInput(headers, callbacks.streamInfo(), nodeCluster, cluster);
        if (!used.own.isEmpty()) {
            return used.own.descriptors(0, input);
        }
        if (route == null || forward == null) {
            return List.of();
        }
        RateLimits ofRoute = forward.extras().rateLimits();
        List<Descriptor> all = new ArrayList<>(ofRoute.descriptors(used.stage, input));
        boolean withHost = switch (used.hostLimits) {
            case OVERRIDE, UNRECOGNIZED -> ofRoute.isEmpty() || forward.extras().includeHostRateLimits();
            case INCLUDE -> true;
            case IGNORE -> false;
        };
        if (withHost) {
            all.addAll(route.virtualHost().rateLimits().descriptors(used.stage, input));
        }
        return all;
    }

    @Override
    public HeadersStatus onResponseHeaders(HeaderMap headers, boolean end) {
        LocalLimit used = limit;
        TokenBucket drawn = bucket;
        if (used != null && drawn != null && used.rateHeaders) {
            headers.set("x-ratelimit-limit", Long.toString(drawn.maxTokens()));
            headers.set("x-ratelimit-remaining", Long.toString(drawn.remaining()));
            headers.set("x-ratelimit-reset", Long.toString(drawn.secondsToNext()));
        }
        return HeadersStatus.CONTINUE;
    }
}
