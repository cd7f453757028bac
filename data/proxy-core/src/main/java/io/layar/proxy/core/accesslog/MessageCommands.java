package io.layar.proxy.core.accesslog;

import io.layar.proxy.core.config.ConfigRejected;
import io.layar.proxy.core.http.HeaderMap;
import io.layar.proxy.core.http.HeaderNames;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Operators over the messages of a request: headers, trailers, path, query, gRPC status. */
final class MessageCommands {
    private static final String ORIGINAL_PATH = "x-envoy-original-path";

    private MessageCommands() {}

    static @Nullable Operator find(String name, String argument) {
        return switch (name) {
            case "REQ" -> header(argument, LogInput::request);
            case "RESP" -> header(argument, LogInput::response);
            case "TRAILER" -> header(argument, LogInput::trailers);
            case "REQ_WITHOUT_QUERY" -> withoutQuery(argument);
            case "PATH" -> path(argument);
            case "QUERY_PARAM" ->
                (Operator.Text) in -> queryParameter(in.request().get(HeaderNames.PATH), argument);
            case "QUERY_PARAMS" -> (Operator.Text) in -> query(in.request().get(HeaderNames.PATH));
            case "LOCAL_REPLY_BODY" -> (Operator.Text) LogInput::localReplyBody;
            case "ACCESS_LOG_TYPE" -> (Operator.Text) in -> in.type().text();
            case "GRPC_STATUS" -> grpcStatus(argument);
            case "GRPC_STATUS_NUMBER" -> (Operator.Number) MessageCommands::grpcNumber;
            case "REQUEST_HEADERS_BYTES" -> (Operator.Number) in -> bytes(in.request());
            case "RESPONSE_HEADERS_BYTES" -> (Operator.Number) in -> bytes(in.response());
            case "RESPONSE_TRAILERS_BYTES" -> (Operator.Number) in -> bytes(in.trailers());
            default -> null;
        };
    }

    private static Operator.Text header(String argument, Function<LogInput, HeaderMap> message) {
        Names names = Names.parse(argument);
        return in -> names.first(message.apply(in));
    }

    private record Names(String main, @Nullable String other) {
        static Names parse(String argument) {
            int mark = argument.indexOf('?');
            String main = mark < 0 ? argument : argument.substring(0, mark);
            if (main.isEmpty()) {
                throw new ConfigRejected("", "Invalid header configuration: header name is missing");
            }
            return new Names(canonical(main), mark < 0 ? null : canonical(argument.substring(mark + 1)));
        }

        private static String canonical(String name) {
            return name.toLowerCase(Locale.ROOT).intern();
        }

        @Nullable
        String first(HeaderMap headers) {
            String value = headers.get(main);
            return value == null && other != null ? headers.get(other) : value;
        }
    }

    private static Operator.Text withoutQuery(String argument) {
        Names names = Names.parse(argument);
        return in -> {
            String value = names.first(in.request());
            return value == null ? null : pathOnly(value);
        };
    }

    /** {@code PATH(WQ|NQ:ORIG|PATH|ORIG_OR_PATH)}: with or without query, of which header. */
    private static Operator.Text path(String argument) {
        int colon = argument.indexOf(':');
        String query = colon < 0 ? argument : argument.substring(0, colon);
        String source = colon < 0 ? "" : argument.substring(colon + 1);
        boolean withQuery = switch (query) {
            case "WQ", "" -> true;
            case "NQ" -> false;
            default -> throw new ConfigRejected("", "Invalid PATH option: '" + query + "', only 'WQ'/'NQ' are allowed");
        };
        Names names = switch (source) {
            case "ORIG" -> new Names(ORIGINAL_PATH, null);
            case "PATH" -> new Names(HeaderNames.PATH, null);
            case "ORIG_OR_PATH", "" -> new Names(ORIGINAL_PATH, HeaderNames.PATH);
            default ->
                throw new ConfigRejected(
                        "", "Invalid PATH option: '" + source + "', only 'ORIG'/'PATH'/'ORIG_OR_PATH' are allowed");
        };
        return in -> {
            String value = names.first(in.request());
            return value == null || withQuery ? value : pathOnly(value);
        };
    }

    private static String pathOnly(String path) {
        int mark = path.indexOf('?');
        return mark < 0 ? path : path.substring(0, mark);
    }

    private static @Nullable String query(@Nullable String path) {
        int mark = path == null ? -1 : path.indexOf('?');
        return path == null || mark < 0 ? null : path.substring(mark + 1);
    }

    private static @Nullable String queryParameter(@Nullable String path, String name) {
        String query = query(path);
        if (query == null) {
            return null;
        }
        int from = 0;
        while (from <= query.length()) {
            int amp = query.indexOf('&', from);
            int to = amp < 0 ? query.length() : amp;
            if (query.startsWith(name, from)) {
                int after = from + name.length();
                if (after == to) {
                    return "";
                }
                if (after < to && query.charAt(after) == '=') {
                    return query.substring(after + 1, to);
                }
            }
            from = to + 1;
        }
        return null;
    }

    private static Operator grpcStatus(String style) {
        return switch (style) {
            case "", "CAMEL_STRING" -> (Operator.Text) in -> grpcName(grpcNumber(in), false);
            case "SNAKE_STRING" -> (Operator.Text) in -> grpcName(grpcNumber(in), true);
            case "NUMBER" -> (Operator.Number) MessageCommands::grpcNumber;
            default ->
                throw new ConfigRejected(
                        "", "GrpcStatusFormatter only supports CAMEL_STRING, SNAKE_STRING or NUMBER: " + style);
        };
    }

    private static long grpcNumber(LogInput in) {
        if (!GrpcStatus.isGrpcRequest(in.request())) {
            return Operator.Number.ABSENT;
        }
        return GrpcStatus.of(in.response(), in.trailers(), in.info().responseCode());
    }

    private static @Nullable String grpcName(long status, boolean snake) {
        return status == Operator.Number.ABSENT ? null : GrpcStatus.name(status, snake);
    }

    private static long bytes(HeaderMap headers) {
        long sum = 0;
        for (int i = 0; i < headers.size(); i++) {
            sum += headers.name(i).length() + headers.value(i).length();
        }
        return sum;
    }
}
