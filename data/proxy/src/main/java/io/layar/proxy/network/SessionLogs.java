package io.layar.proxy.network;

import io.envoyproxy.envoy.config.accesslog.v3.AccessLog;
import io.layar.proxy.core.stream.StreamInfo;
import io.layar.proxy.worker.Worker;
import java.util.List;

/** Makes the access logs of connections (listeners, TCP proxy). Thread: main loop. */
public interface SessionLogs {
    /** Errors: {@link io.layar.proxy.core.config.ConfigRejected} with a path from {@code path} on. */
    SessionLog compile(List<AccessLog> logs, String path);

    /** One configured list of access logs. Thread: event loop of the connection. */
    @FunctionalInterface
    interface SessionLog {
        void log(StreamInfo session, Worker worker);
    }
}
