package io.layar.proxy.accesslog;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import io.envoyproxy.envoy.config.accesslog.v3.AccessLog;
import io.envoyproxy.envoy.config.core.v3.SubstitutionFormatString;
import io.envoyproxy.envoy.extensions.access_loggers.file.v3.FileAccessLog;
import io.envoyproxy.envoy.extensions.access_loggers.stream.v3.StderrAccessLog;
import io.envoyproxy.envoy.extensions.access_loggers.stream.v3.StdoutAccessLog;
import io.layar.proxy.core.accesslog.FormatFacts;
import io.layar.proxy.core.accesslog.JsonFormat;
import io.layar.proxy.core.accesslog.LogFilter;
import io.layar.proxy.core.accesslog.LogFormat;
import io.layar.proxy.core.accesslog.LogInput;
import io.layar.proxy.core.config.ConfigRejected;
import io.layar.proxy.core.config.Types;
import io.layar.proxy.network.Services;
import io.layar.proxy.worker.Worker;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Compiles access logs: filter, format, sink. Errors: {@link ConfigRejected}; a kind of log that the proxy does not have is refused by
 * its type. Thread: {@link #compile} main loop; logs write on event loops.
 */
public final class AccessLogs {
    /** Full names of the configurations of all access loggers. */
    public static List<String> types() {
        return List.of(
                "envoy.extensions.access_loggers.file.v3.FileAccessLog",
                "envoy.extensions.access_loggers.stream.v3.StderrAccessLog",
                "envoy.extensions.access_loggers.stream.v3.StdoutAccessLog");
    }

    private final SinkTable sinks;
    private final FormatFacts facts;
    private final Services services;

    public AccessLogs(Services services, FormatFacts facts) {
        this.sinks = new SinkTable(services.workers());
        this.facts = facts;
        this.services = services;
    }

    /** One configured access log. Thread: event loop. */
    public interface Log {
        void log(LogInput input, Worker worker);
    }

    /** Writes what is held back. Thread: main, at exit. */
    public void flush() {
        try {
            sinks.flush();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    public List<Log> compile(List<AccessLog> protos, String path) {
        List<Log> logs = new ArrayList<>();
        for (int i = 0; i < protos.size(); i++) {
            AccessLog proto = protos.get(i);
            try {
                logs.add(compile(proto));
            } catch (ConfigRejected e) {
                throw e.within(path + "[" + i + "]");
            }
        }
        return List.copyOf(logs);
    }

    private Log compile(AccessLog proto) {
        Any config = proto.getTypedConfig();
        Message message = Types.unpack(config, "typed_config");
        FileSink sink;
        LogFormat format;
        switch (message) {
            case FileAccessLog file -> {
                sink = sinks.open(file.getPath(), "typed_config.path");
                format = fileFormat(file);
            }
            case StdoutAccessLog stdout -> {
                sink = sinks.open("/dev/stdout", "typed_config");
                format = format(stdout.hasLogFormat(), stdout.getLogFormat());
            }
            case StderrAccessLog stderr -> {
                sink = sinks.open("/dev/stderr", "typed_config");
                format = format(stderr.hasLogFormat(), stderr.getLogFormat());
            }
            default ->
                throw ConfigRejected.unsupported(
                        "typed_config", "access log '" + proto.getName() + "' of type " + config.getTypeUrl());
        }
        if (!proto.hasFilter()) {
            return (input, worker) -> format.write(input, sinks.lines(worker, sink));
        }
        LogFilter filter = LogFilter.compile(proto.getFilter(), services.runtime(), "filter");
        return (input, worker) -> {
            if (filter.accepts(input, ThreadLocalRandom.current().nextLong())) {
                format.write(input, sinks.lines(worker, sink));
            }
        };
    }

    @SuppressWarnings("deprecation") // the older fields, which control planes still write
    private LogFormat fileFormat(FileAccessLog file) {
        return switch (file.getAccessLogFormatCase()) {
            case FORMAT -> LogFormat.text(file.getFormat().isEmpty() ? LogFormat.DEFAULT : file.getFormat(), facts);
            case JSON_FORMAT -> new LogFormat.Json(JsonFormat.compile(file.getJsonFormat(), false, facts), "");
            case TYPED_JSON_FORMAT ->
                new LogFormat.Json(JsonFormat.compile(file.getTypedJsonFormat(), false, facts), "");
            case LOG_FORMAT -> format(true, file.getLogFormat());
            case ACCESSLOGFORMAT_NOT_SET -> LogFormat.text(LogFormat.DEFAULT, facts);
        };
    }

    private LogFormat format(boolean given, SubstitutionFormatString format) {
        return given
                ? LogFormat.compile(format, facts, "typed_config.log_format")
                : LogFormat.text(LogFormat.DEFAULT, facts);
    }
}
