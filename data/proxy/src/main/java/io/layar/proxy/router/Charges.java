package io.layar.proxy.router;

import io.layar.proxy.core.accesslog.GrpcStatus;
import io.layar.proxy.core.cluster.ClusterStats;
import io.layar.proxy.core.cluster.Host;
import io.layar.proxy.core.cluster.HostStat;
import io.layar.proxy.core.http.HeaderMap;
import io.layar.proxy.core.outlier.ErrorMatcher;
import io.layar.proxy.core.outlier.OutlierResult;
import io.layar.proxy.core.stream.StreamInfo;
import io.layar.proxy.upstream.WorkerCluster;
import org.jspecify.annotations.Nullable;

/** What a request's outcome counts, on its cluster and on its hosts. Thread: event loop of the stream. */
final class Charges {
    private final ClusterStats stats;
    private final RouterConfig config;
    private final StreamInfo info;
    private final boolean grpc;
    private final @Nullable ErrorMatcher errors;

    Charges(WorkerCluster cluster, RouterConfig config, StreamInfo info, boolean grpc) {
        this.stats = cluster.stats();
        this.errors = cluster.config().http().errors();
        this.config = config;
        this.info = info;
        this.grpc = grpc;
    }

    /** An answer goes downstream, of a host or (null) of our own. */
    void answer(int status, @Nullable Host host) {
        if (!config.dynamicStats() || info.healthCheck()) {
            return;
        }
        if (!(grpc && config.suppressGrpcFailureStats())) {
            stats.responses.charge(status);
            stats.responses(info.internal()).charge(status);
        }
        if (host != null && status >= 500) {
            host.inc(HostStat.RQ_ERROR);
        }
    }

    /** An answer that leads to another attempt. */
    void retried(int status) {
        stats.retried().charge(status);
    }

    /** The request failed at a host; {@code started}: part of an answer is already out. */
    void abort(int status, Host host, boolean started) {
        if (started) {
            host.inc(HostStat.RQ_ERROR);
            config.stats().resetAfterResponse().inc();
            return;
        }
        answer(status, host);
        if (status < 500) {
            host.inc(HostStat.RQ_ERROR);
        }
    }

    /** Counts success, unless trailers have still to tell (gRPC). */
    void success(Host host, HeaderMap response, int status, boolean end) {
        if (status >= 500) {
            return;
        }
        String grpcStatus = grpc ? response.get("grpc-status") : null;
        if (!grpc || end && grpcStatus == null) {
            host.inc(HostStat.RQ_SUCCESS);
        } else if (grpcStatus != null) {
            boolean failed = GrpcStatus.toHttp(GrpcStatus.number(grpcStatus)) >= 500;
            host.inc(failed ? HostStat.RQ_ERROR : HostStat.RQ_SUCCESS);
        }
    }

    void grpcTrailers(Host host, HeaderMap trailers) {
        if (grpc) {
            boolean failed = GrpcStatus.toHttp(GrpcStatus.number(trailers.get("grpc-status"))) >= 500;
            host.inc(failed ? HostStat.RQ_ERROR : HostStat.RQ_SUCCESS);
        }
    }

    /** Tells outlier detection of an answer. */
    void outlier(Host host, HeaderMap response, int status) {
        if (host.outlier() == null) {
            return;
        }
        if (errors != null) {
            // A detector counts statuses: an error of the matcher's is 500 to it, whatever the host said.
            host.outlier().onResponse(errors.matches(response) ? 500 : 200);
            return;
        }
        String grpcStatus = grpc ? response.get("grpc-status") : null;
        host.outlier().onResponse(grpcStatus == null ? status : GrpcStatus.toHttp(GrpcStatus.number(grpcStatus)));
    }

    void outlierTimeout(Host host) {
        if (host.outlier() != null) {
            host.outlier().onResult(OutlierResult.LOCAL_ORIGIN_TIMEOUT);
        }
    }

    void timeout(Host host) {
        stats.rqTimeout.inc();
        host.inc(HostStat.RQ_TIMEOUT);
    }

    void perTryTimeout(Host host, boolean idle) {
        (idle ? stats.rqPerTryIdleTimeout : stats.rqPerTryTimeout).inc();
        host.inc(HostStat.RQ_TIMEOUT);
    }

    void time(long millis) {
        if (config.dynamicStats() && !info.healthCheck()) {
            stats.rqTime.record(millis);
        }
    }
}
