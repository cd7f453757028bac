package io.layar.proxy.core.accesslog;

import io.layar.proxy.core.stream.RouteFacts;
import io.layar.proxy.core.stream.StreamInfo;
import io.layar.proxy.core.stream.UpstreamInfo;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Operators over the facts of a stream. */
final class StreamCommands {
    private StreamCommands() {}

    static @Nullable Operator find(String name, String argument, FormatFacts facts) {
        Operator operator = facts(name, argument);
        if (operator == null) {
            operator = bytes(name);
        }
        if (operator == null) {
            operator = upstream(name);
        }
        return operator == null ? process(name, argument, facts) : operator;
    }

    private static @Nullable Operator facts(String name, String argument) {
        return switch (name) {
            case "PROTOCOL" -> text(StreamInfo::protocol);
            case "RESPONSE_CODE" -> number(StreamInfo::responseCode);
            case "RESPONSE_CODE_DETAILS" ->
                argument.equals("ALLOW_WHITESPACES")
                        ? text(StreamInfo::responseCodeDetails)
                        : text(info -> underscored(info.responseCodeDetails()));
            case "CONNECTION_TERMINATION_DETAILS" -> text(StreamInfo::terminationDetails);
            case "RESPONSE_FLAGS" -> new Flags(false);
            case "RESPONSE_FLAGS_LONG" -> new Flags(true);
            case "ROUTE_NAME" -> text(info -> route(info, RouteFacts::routeName));
            case "VIRTUAL_HOST_NAME" -> text(info -> route(info, RouteFacts::virtualHostName));
            case "VIRTUAL_CLUSTER_NAME" -> text(StreamInfo::virtualClusterName);
            case "REQUESTED_SERVER_NAME" -> requestedServerName(argument);
            case "FILTER_CHAIN_NAME" -> text(info -> notEmpty(info.connection().filterChainName()));
            case "LISTENER_NAME" -> text(info -> notEmpty(info.connection().listenerName()));
            case "CONNECTION_ID" -> number(info -> info.connection().id());
            case "STREAM_ID" -> text(StreamCommands::streamId);
            case "TRACE_ID" -> text(StreamInfo::traceId);
            case "SPAN_ID" -> text(StreamInfo::spanId);
            case "UPSTREAM_REQUEST_ATTEMPT_COUNT" -> number(StreamInfo::attemptCount);
            case "DOWNSTREAM_TRANSPORT_FAILURE_REASON" ->
                text(info -> underscored(info.connection().transportFailure()));
            case "DOWNSTREAM_LOCAL_CLOSE_REASON", "DOWNSTREAM_DETECTED_CLOSE_TYPE", "CUSTOM_FLAGS" -> text(_ -> null);
            case "TLS_JA3_FINGERPRINT" -> text(info -> info.connection().ja3());
            case "TLS_JA4_FINGERPRINT" -> text(info -> info.connection().ja4());
            default -> null;
        };
    }

    private static @Nullable Operator bytes(String name) {
        return switch (name) {
            case "BYTES_RECEIVED" -> number(StreamInfo::bytesReceived);
            case "BYTES_SENT" -> number(StreamInfo::bytesSent);
            case "DOWNSTREAM_WIRE_BYTES_RECEIVED" -> number(StreamInfo::wireBytesReceived);
            case "DOWNSTREAM_WIRE_BYTES_SENT" -> number(StreamInfo::wireBytesSent);
            case "DOWNSTREAM_HEADER_BYTES_RECEIVED", "DOWNSTREAM_DECOMPRESSED_HEADER_BYTES_RECEIVED" ->
                number(StreamInfo::headerBytesReceived);
            case "DOWNSTREAM_HEADER_BYTES_SENT", "DOWNSTREAM_DECOMPRESSED_HEADER_BYTES_SENT" ->
                number(StreamInfo::headerBytesSent);
            case "UPSTREAM_WIRE_BYTES_RECEIVED" -> upstreamNumber(UpstreamInfo::wireBytesReceived, 0);
            case "UPSTREAM_WIRE_BYTES_SENT" -> upstreamNumber(UpstreamInfo::wireBytesSent, 0);
            case "UPSTREAM_HEADER_BYTES_RECEIVED", "UPSTREAM_DECOMPRESSED_HEADER_BYTES_RECEIVED" ->
                upstreamNumber(UpstreamInfo::headerBytesReceived, 0);
            case "UPSTREAM_HEADER_BYTES_SENT", "UPSTREAM_DECOMPRESSED_HEADER_BYTES_SENT" ->
                upstreamNumber(UpstreamInfo::headerBytesSent, 0);
            case "BYTES_RETRANSMITTED", "PACKETS_RETRANSMITTED" -> number(_ -> 0);
            default -> null;
        };
    }

    private static @Nullable Operator upstream(String name) {
        return switch (name) {
            case "UPSTREAM_CLUSTER" -> upstreamText(UpstreamInfo::observabilityName);
            case "UPSTREAM_CLUSTER_RAW" -> upstreamText(UpstreamInfo::clusterName);
            case "UPSTREAM_PROTOCOL" -> upstreamText(UpstreamInfo::protocol);
            case "UPSTREAM_TRANSPORT_FAILURE_REASON" -> upstreamText(up -> underscored(up.transportFailure()));
            case "UPSTREAM_DETECTED_CLOSE_TYPE" -> upstreamText(UpstreamInfo::closeType);
            case "UPSTREAM_CONNECTION_ID" -> upstreamNumber(up -> up.connectionId() < 0 ? 0 : up.connectionId(), 0);
            case "UPSTREAM_CONNECTION_POOL_READY_DURATION" ->
                upstreamNumber(
                        up -> up.poolReadyNanos() < 0 ? Operator.Number.ABSENT : up.poolReadyNanos() / 1_000_000,
                        Operator.Number.ABSENT);
            default -> null;
        };
    }

    private static @Nullable Operator process(String name, String argument, FormatFacts facts) {
        return switch (name) {
            case "HOSTNAME" -> new Fixed(facts.hostname());
            case "ENVIRONMENT" -> new Fixed(facts.environment().value(argument));
            case "UNIQUE_ID" -> (Operator.Text) _ -> UUID.randomUUID().toString();
            default -> null;
        };
    }

    private record Fixed(@Nullable String text) implements Operator.Text {
        @Override
        public @Nullable String value(LogInput in) {
            return text;
        }
    }

    private record Flags(boolean longNames) implements Operator.Text {
        @Override
        public @Nullable String value(LogInput in) {
            StreamInfo info = in.info();
            if (info.flagCount() == 0) {
                return "-";
            }
            String first = name(info, 0);
            if (info.flagCount() == 1) {
                return first;
            }
            StringBuilder all = new StringBuilder(first);
            for (int i = 1; i < info.flagCount(); i++) {
                all.append(',').append(name(info, i));
            }
            return all.toString();
        }

        private String name(StreamInfo info, int index) {
            return longNames ? info.flag(index).longName() : info.flag(index).shortName();
        }
    }

    /** {@code REQUESTED_SERVER_NAME(SNI_ONLY|SNI_FIRST|HOST_ONLY|HOST_FIRST:ORIG|HOST|ORIG_OR_HOST)}. */
    private static Operator requestedServerName(String argument) {
        String order = argument.contains(":") ? argument.substring(0, argument.indexOf(':')) : argument;
        return switch (order) {
            case "HOST_ONLY" -> (Operator.Text) StreamCommands::host;
            case "HOST_FIRST" -> (Operator.Text) in -> host(in) != null ? host(in) : sni(in);
            case "SNI_FIRST" -> (Operator.Text) in -> sni(in) != null ? sni(in) : host(in);
            default -> (Operator.Text) StreamCommands::sni;
        };
    }

    private static @Nullable String host(LogInput in) {
        return in.request().get(io.layar.proxy.core.http.HeaderNames.AUTHORITY);
    }

    private static @Nullable String sni(LogInput in) {
        String name = in.info().connection().serverName();
        return name == null || name.isEmpty() ? null : name;
    }

    private static @Nullable String streamId(StreamInfo info) {
        return info.requestId() != null ? info.requestId() : Long.toString(info.streamId());
    }

    private static @Nullable String route(StreamInfo info, Function<RouteFacts, String> fact) {
        RouteFacts route = info.route();
        return route == null ? null : notEmpty(fact.apply(route));
    }

    private static @Nullable String notEmpty(String text) {
        return text.isEmpty() ? null : text;
    }

    private static @Nullable String underscored(@Nullable String text) {
        return text == null || text.isEmpty() ? null : text.replace(' ', '_');
    }

    private static Operator.Text text(Function<StreamInfo, @Nullable String> fact) {
        return in -> fact.apply(in.info());
    }

    private static Operator.Number number(ToLongFunction<StreamInfo> fact) {
        return in -> fact.applyAsLong(in.info());
    }

    private static Operator.Text upstreamText(Function<UpstreamInfo, @Nullable String> fact) {
        return in -> {
            UpstreamInfo upstream = in.info().upstream();
            return upstream == null ? null : fact.apply(upstream);
        };
    }

    private static Operator.Number upstreamNumber(ToLongFunction<UpstreamInfo> fact, long absent) {
        return in -> {
            UpstreamInfo upstream = in.info().upstream();
            return upstream == null ? absent : fact.applyAsLong(upstream);
        };
    }
}
