package io.layar.proxy.http;

import io.layar.proxy.accesslog.AccessLogs;
import io.layar.proxy.core.accesslog.LogInput;
import io.layar.proxy.core.accesslog.LogType;
import io.layar.proxy.core.http.HeaderMap;
import io.layar.proxy.core.route.RouteAction;
import io.layar.proxy.core.stream.StreamInfo;
import io.layar.proxy.upstream.Clusters;
import io.layar.proxy.upstream.WorkerCluster;
import io.layar.proxy.worker.Timer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes the access log lines of one stream: at its end, and at the moments before that the configuration names. */
final class StreamLog {
    private static final HeaderMap NONE = new HeaderMap();

    private final HttpStream stream;
    private final HcmConfig config;
    private @Nullable Timer periodic;

    /** The body of an answer of our own. */
    String localBody = "";

    StreamLog(HttpStream stream, HcmConfig config) {
        this.stream = stream;
        this.config = config;
    }

    void onRequest() {
        if (config.logMoments().onNewRequest()) {
            write(LogType.DOWNSTREAM_START);
        }
        long interval = config.logMoments().flushInterval();
        if (interval > 0 && periodic == null) {
            Timer timer = stream.worker().timer(this::onInterval);
            periodic = timer;
            timer.arm(interval);
        }
    }

    private void onInterval() {
        write(LogType.DOWNSTREAM_PERIODIC);
        if (periodic != null) {
            periodic.arm(config.logMoments().flushInterval());
        }
    }

    void onTunnel() {
        if (config.logMoments().onTunnelEstablished()) {
            write(LogType.DOWNSTREAM_TUNNEL_SUCCESSFULLY_ESTABLISHED);
        }
    }

    void onEnd() {
        if (periodic != null) {
            periodic.disarm();
        }
        write(LogType.DOWNSTREAM_END);
    }

    private void write(LogType type) {
        List<AccessLogs.Log> logs = config.logs();
        if (logs.isEmpty()) {
            return;
        }
        StreamInfo info = stream.info();
        noteCluster(info);
        HeaderMap response = stream.responseHeaders();
        HeaderMap trailers = stream.responseTrailers();
        LogInput input = new LogInput(
                info,
                stream.requestHeaders(),
                response == null ? NONE : response,
                trailers == null ? NONE : trailers,
                localBody,
                type);
        for (int i = 0; i < logs.size(); i++) {
            logs.get(i).log(input, stream.worker());
        }
    }

    /** The cluster of the route counts as the request's even when it was never asked. */
    private void noteCluster(StreamInfo info) {
        RouteAction.Forward forward = stream.knownForward();
        if (forward == null || info.upstream() != null) {
            return;
        }
        Clusters clusters = config.context().services().find(Clusters.class);
        WorkerCluster cluster =
                clusters == null ? null : clusters.worker(stream.worker()).cluster(forward.cluster());
        if (cluster != null) {
            info.writableUpstream().cluster(cluster.name(), cluster.altStatName(), cluster.metadata());
        }
    }
}
