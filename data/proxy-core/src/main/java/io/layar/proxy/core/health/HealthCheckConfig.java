package io.layar.proxy.core.health;

import com.google.protobuf.Struct;
import io.envoyproxy.envoy.config.core.v3.HeaderValueOption;
import io.envoyproxy.envoy.config.core.v3.HealthCheck;
import io.envoyproxy.envoy.type.matcher.v3.StringMatcher;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One active health check of a cluster. Units: milliseconds. Thread: any (immutable). */
public record HealthCheckConfig(
        Probe probe,
        long timeoutMillis,
        Intervals intervals,
        int unhealthyThreshold,
        int healthyThreshold,
        int altPort,
        boolean reuseConnection,
        Events events,
        List<String> alpn,
        @Nullable Struct socketMatch) {

    /** How often. Shape: a missing interval is that which Envoy takes instead. */
    public record Intervals(
            long normal,
            long initialJitter,
            long jitter,
            int jitterPercent,
            long noTraffic,
            long noTrafficHealthy,
            long unhealthy,
            long unhealthyEdge,
            long healthyEdge) {}

    /** Where changes are written. Shape: {@code path} empty for nowhere. */
    public record Events(String path, boolean logFailures, boolean logSuccesses) {}

    /** What is asked. */
    public sealed interface Probe {
        /** Shape: {@code expected} and {@code retriable} are half-open ranges of status codes. */
        record Http(
                String host,
                String path,
                String method,
                boolean http2,
                List<Range> expected,
                List<Range> retriable,
                List<HeaderValueOption> headersToAdd,
                List<String> headersToRemove,
                byte[] send,
                List<byte[]> receive,
                @Nullable StringMatcher serviceName)
                implements Probe {}

        /** Shape: {@code send} may be empty: connecting is enough. All of {@code receive} must come, in order. */
        record Tcp(byte[] send, List<byte[]> receive) implements Probe {}

        record Grpc(String service, String authority, List<HeaderValueOption> metadata) implements Probe {}
    }

    /** Status codes from {@code start} up to, not including, {@code end}. */
    public record Range(long start, long end) {
        public boolean contains(long status) {
            return status >= start && status < end;
        }
    }

    /** Errors: {@link io.layar.proxy.core.config.ConfigRejected} with the path from the check on. */
    public static HealthCheckConfig compile(HealthCheck proto) {
        return HealthCheckCompiler.compile(proto);
    }
}
