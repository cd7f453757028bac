package io.layar.proxy.core.route;

import io.layar.proxy.core.stream.Metadata;
import java.util.List;

/** What the routes of a virtual host share. Thread: any (immutable). */
public record VirtualHost(
        String name,
        RouteTable table,
        FilterConfigs filterConfigs,
        HeaderMutations requestHeaders,
        HeaderMutations responseHeaders,
        RateLimits rateLimits,
        Settings settings) {

    /**
     * Switches of a virtual host.
     *
     * @param requestAttemptCount whether {@code x-envoy-attempt-count} goes upstream
     * @param responseAttemptCount whether it goes downstream
     * @param timeoutRetryHeader whether {@code x-envoy-is-timeout-retry} goes upstream
     * @param bufferLimit of bytes kept for retries, or -1
     */
    public record Settings(
            boolean requestAttemptCount,
            boolean responseAttemptCount,
            boolean timeoutRetryHeader,
            long bufferLimit,
            Metadata metadata,
            List<VirtualCluster> virtualClusters) {}
}
