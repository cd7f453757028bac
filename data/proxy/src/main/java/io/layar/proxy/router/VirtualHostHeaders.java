package io.layar.proxy.router;

import io.layar.proxy.core.http.HeaderMap;
import io.layar.proxy.core.route.VirtualHost;

/** Headers by which a virtual host tells its upstreams of retries. */
final class VirtualHostHeaders {
    private VirtualHostHeaders() {}

    static void onRetry(HeaderMap headers, VirtualHost host, int attempt, boolean afterTimeout) {
        if (host.settings().requestAttemptCount()) {
            headers.set(EnvoyHeaders.ATTEMPT_COUNT, Integer.toString(attempt));
        }
        if (host.settings().timeoutRetryHeader()) {
            headers.set(EnvoyHeaders.TIMEOUT_RETRY, Boolean.toString(afterTimeout));
        }
    }
}
