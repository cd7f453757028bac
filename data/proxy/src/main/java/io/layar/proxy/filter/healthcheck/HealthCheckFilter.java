package io.layar.proxy.filter.healthcheck;

import io.layar.proxy.core.http.HeaderMap;
import io.layar.proxy.core.match.HeaderMatcher;
import io.layar.proxy.core.stream.ResponseFlag;
import io.layar.proxy.http.DataStatus;
import io.layar.proxy.http.FilterCallbacks;
import io.layar.proxy.http.HeadersStatus;
import io.layar.proxy.http.HttpFilter;
import io.layar.proxy.http.TrailersStatus;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Answers health checks, or marks the answers of those that pass. Thread: event loop of the stream. */
final class HealthCheckFilter implements HttpFilter {
    private final List<HeaderMatcher> matchers;
    private final boolean passThrough;
    private final BooleanSupplier failed;
    private final String cluster;
    private final FilterCallbacks callbacks;
    private boolean isHealthCheck;
    private boolean answering;

    HealthCheckFilter(
            List<HeaderMatcher> matchers,
            boolean passThrough,
            BooleanSupplier failed,
            String cluster,
            FilterCallbacks callbacks) {
        this.matchers = matchers;
        this.passThrough = passThrough;
        this.failed = failed;
        this.cluster = cluster;
        this.callbacks = callbacks;
    }

    @Override
    public HeadersStatus onRequestHeaders(HeaderMap headers, boolean end) {
        if (!HeaderMatcher.allMatch(matchers, headers)) {
            return HeadersStatus.CONTINUE;
        }
        isHealthCheck = true;
        callbacks.streamInfo().healthCheck(true);
        answering = !passThrough || failed.getAsBoolean();
        if (!answering) {
            return HeadersStatus.CONTINUE;
        }
        if (end) {
            answer();
        }
        return HeadersStatus.STOP;
    }

    @Override
    public DataStatus onRequestData(ByteBuf data, boolean end) {
        if (!answering) {
            return DataStatus.CONTINUE;
        }
        if (end) {
            answer();
        }
        return DataStatus.STOP_AND_DROP;
    }

    @Override
    public TrailersStatus onRequestTrailers(HeaderMap trailers) {
        if (!answering) {
            return TrailersStatus.CONTINUE;
        }
        answer();
        return TrailersStatus.STOP;
    }

    private void answer() {
        if (failed.getAsBoolean()) {
            callbacks.streamInfo().addFlag(ResponseFlag.FAILED_LOCAL_HEALTH_CHECK);
            callbacks.sendLocalReply(503, "", "health_check_failed");
        } else {
            callbacks.sendLocalReply(200, "", "health_check_ok");
        }
    }

    @Override
    public HeadersStatus onResponseHeaders(HeaderMap headers, boolean end) {
        if (isHealthCheck) {
            headers.set("x-envoy-upstream-healthchecked-cluster", cluster);
        }
        if (failed.getAsBoolean()) {
            headers.set("x-envoy-immediate-health-check-fail", "true");
        }
        return HeadersStatus.CONTINUE;
    }
}
