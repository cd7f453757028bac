package io.layar.proxy.core.accesslog;

import io.layar.proxy.core.config.ConfigRejected;
import io.layar.proxy.core.stream.StreamInfo;
import io.layar.proxy.core.stream.TimePoint;
import java.time.Instant;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Operators over moments and durations. */
final class TimeCommands {
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final Map<String, Long> UNITS = Map.of("ms", NANOS_PER_MILLI, "us", 1_000L, "ns", 1L);

    private TimeCommands() {}

    static @Nullable Operator find(String name, String argument) {
        return switch (name) {
            case "START_TIME" -> new Moment(DatePattern.compile(argument, false), StreamInfo::startTime);
            case "START_TIME_LOCAL" -> new Moment(DatePattern.compile(argument, true), StreamInfo::startTime);
            case "EMIT_TIME" -> new Moment(DatePattern.compile(argument, false), _ -> Instant.now());
            case "EMIT_TIME_LOCAL" -> new Moment(DatePattern.compile(argument, true), _ -> Instant.now());
            case "DURATION" -> sinceStart(StreamInfo::endNanos);
            case "REQUEST_DURATION" -> sinceStart(at(TimePoint.DS_RX_END));
            case "REQUEST_TX_DURATION" -> sinceStart(at(TimePoint.US_TX_END));
            case "RESPONSE_DURATION" -> sinceStart(at(TimePoint.US_RX_BEG));
            case "RESPONSE_TX_DURATION" -> between(at(TimePoint.US_RX_BEG), at(TimePoint.DS_TX_END), NANOS_PER_MILLI);
            case "DOWNSTREAM_HANDSHAKE_DURATION", "ROUNDTRIP_DURATION" -> (Operator.Number) _ -> Operator.Number.ABSENT;
            case "COMMON_DURATION" -> common(argument);
            default -> null;
        };
    }

    private record Moment(DatePattern pattern, Function<StreamInfo, Instant> when) implements Operator.Text {
        @Override
        public String value(LogInput in) {
            StringBuilder out = new StringBuilder(32);
            pattern.write(when.apply(in.info()), out);
            return out.toString();
        }

        @Override
        public boolean write(LogInput in, StringBuilder out) {
            pattern.write(when.apply(in.info()), out);
            return true;
        }
    }

    private static ToLongFunction<StreamInfo> at(TimePoint point) {
        return info -> info.time(point);
    }

    private static Operator.Number sinceStart(ToLongFunction<StreamInfo> end) {
        return between(StreamInfo::startNanos, end, NANOS_PER_MILLI);
    }

    private static Operator.Number between(
            ToLongFunction<StreamInfo> start, ToLongFunction<StreamInfo> end, long nanosPerUnit) {
        return in -> {
            long from = start.applyAsLong(in.info());
            long to = end.applyAsLong(in.info());
            return from == 0 || to == 0 || to < from ? Operator.Number.ABSENT : (to - from) / nanosPerUnit;
        };
    }

    /** {@code COMMON_DURATION(START:END:ms|us|ns)}. */
    private static Operator.Number common(String argument) {
        String[] parts = argument.split(":", -1);
        Long unit = parts.length == 3 ? UNITS.get(parts[2]) : parts.length == 2 ? Long.valueOf(NANOS_PER_MILLI) : null;
        if (unit == null) {
            throw new ConfigRejected("", "COMMON_DURATION: expected START:END:PRECISION (ms, us or ns): " + argument);
        }
        return between(point(parts[0]), point(parts[1]), unit);
    }

    private static ToLongFunction<StreamInfo> point(String name) {
        for (TimePoint point : TimePoint.values()) {
            if (point.name().equals(name)) {
                return at(point);
            }
        }
        throw new ConfigRejected("", "COMMON_DURATION: unknown time point: " + name);
    }
}
