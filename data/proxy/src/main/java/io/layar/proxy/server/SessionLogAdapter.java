package io.layar.proxy.server;

import io.envoyproxy.envoy.config.accesslog.v3.AccessLog;
import io.layar.proxy.accesslog.AccessLogs;
import io.layar.proxy.core.accesslog.LogInput;
import io.layar.proxy.core.accesslog.LogType;
import io.layar.proxy.network.SessionLogs;
import java.util.List;

/** Access logs of connections, by the access log package. Thread: main loop. */
record SessionLogAdapter(AccessLogs logs) implements SessionLogs {
    @Override
    public SessionLog compile(List<AccessLog> protos, String path) {
        List<AccessLogs.Log> compiled = logs.compile(protos, path);
        return (session, worker) -> {
            LogInput input = LogInput.of(session, LogType.TCP_CONNECTION_END);
            for (AccessLogs.Log log : compiled) {
                log.log(input, worker);
            }
        };
    }
}
