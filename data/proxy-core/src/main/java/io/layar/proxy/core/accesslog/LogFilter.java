package io.layar.proxy.core.accesslog;

import io.envoyproxy.envoy.config.accesslog.v3.AccessLogFilter;
import io.envoyproxy.envoy.config.accesslog.v3.ComparisonFilter;
import io.envoyproxy.envoy.config.accesslog.v3.GrpcStatusFilter;
import io.envoyproxy.envoy.config.accesslog.v3.LogTypeFilter;
import io.envoyproxy.envoy.config.accesslog.v3.MetadataFilter;
import io.envoyproxy.envoy.config.accesslog.v3.RuntimeFilter;
import io.layar.proxy.core.config.ConfigRejected;
import io.layar.proxy.core.match.HeaderMatcher;
import io.layar.proxy.core.match.MetadataMatcher;
import io.layar.proxy.core.runtime.RuntimeValues;
import io.layar.proxy.core.stream.ResponseFlag;
import io.layar.proxy.core.stream.StreamInfo;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongPredicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Whether a request is logged. Thread: any (immutable).
 *
 * <p>Not done: {@code extension_filter} (CEL and others, refused by name).
 */
@FunctionalInterface
public interface LogFilter {
    /** {@code random} is uniform over 64 bits. */
    boolean accepts(LogInput in, long random);

    static LogFilter compile(AccessLogFilter proto, RuntimeValues runtime, String field) {
        return switch (proto.getFilterSpecifierCase()) {
            case STATUS_CODE_FILTER -> {
                LongPredicate rule = comparison(proto.getStatusCodeFilter().getComparison(), runtime);
                yield (in, _) -> rule.test(in.info().responseCode());
            }
            case DURATION_FILTER -> {
                LongPredicate rule = comparison(proto.getDurationFilter().getComparison(), runtime);
                yield (in, _) -> rule.test(elapsedMillis(in.info()));
            }
            case NOT_HEALTH_CHECK_FILTER -> (in, _) -> !in.info().healthCheck();
            case TRACEABLE_FILTER -> (in, _) -> traced(in.info().requestId());
            case RUNTIME_FILTER -> sampled(proto.getRuntimeFilter(), runtime);
            case AND_FILTER -> {
                List<LogFilter> all = all(proto.getAndFilter().getFiltersList(), runtime, field + ".and_filter");
                yield (in, random) -> all.stream().allMatch(filter -> filter.accepts(in, random));
            }
            case OR_FILTER -> {
                List<LogFilter> any = all(proto.getOrFilter().getFiltersList(), runtime, field + ".or_filter");
                yield (in, random) -> any.stream().anyMatch(filter -> filter.accepts(in, random));
            }
            case HEADER_FILTER -> {
                HeaderMatcher matcher =
                        HeaderMatcher.compile(proto.getHeaderFilter().getHeader(), field + ".header_filter");
                yield (in, _) -> matcher.matches(in.request());
            }
            case RESPONSE_FLAG_FILTER ->
                flags(proto.getResponseFlagFilter().getFlagsList(), field + ".response_flag_filter");
            case GRPC_STATUS_FILTER -> grpcStatus(proto.getGrpcStatusFilter());
            case METADATA_FILTER -> metadata(proto.getMetadataFilter(), field + ".metadata_filter");
            case LOG_TYPE_FILTER -> logType(proto.getLogTypeFilter());
            case EXTENSION_FILTER ->
                throw ConfigRejected.unsupported(
                        field + ".extension_filter", proto.getExtensionFilter().getName());
            case FILTERSPECIFIER_NOT_SET -> throw new ConfigRejected(field, "filter_specifier: value is required");
        };
    }

    private static List<LogFilter> all(List<AccessLogFilter> protos, RuntimeValues runtime, String field) {
        if (protos.size() < 2) {
            throw new ConfigRejected(field + ".filters", "value must contain at least 2 item(s)");
        }
        return protos.stream().map(proto -> compile(proto, runtime, field)).toList();
    }

    private static LongPredicate comparison(ComparisonFilter proto, RuntimeValues runtime) {
        String key = proto.getValue().getRuntimeKey();
        long otherwise = Integer.toUnsignedLong(proto.getValue().getDefaultValue());
        return switch (proto.getOp()) {
            case EQ, UNRECOGNIZED -> value -> value == runtime.integer(key, otherwise);
            case GE -> value -> value >= runtime.integer(key, otherwise);
            case LE -> value -> value <= runtime.integer(key, otherwise);
        };
    }

    private static long elapsedMillis(StreamInfo info) {
        long end = info.endNanos() == 0 ? System.nanoTime() : info.endNanos();
        return (end - info.startNanos()) / 1_000_000;
    }

    /** The request id's fifteenth character tells why a request is traced; {@code 4} is "it is not". */
    private static boolean traced(@Nullable String requestId) {
        return requestId != null && requestId.length() == 36 && "9ab".indexOf(requestId.charAt(14)) >= 0;
    }

    private static LogFilter sampled(RuntimeFilter proto, RuntimeValues runtime) {
        long denominator = switch (proto.getPercentSampled().getDenominator()) {
            case HUNDRED, UNRECOGNIZED -> 100;
            case TEN_THOUSAND -> 10_000;
            case MILLION -> 1_000_000;
        };
        RuntimeValues.Fraction share =
                new RuntimeValues.Fraction(proto.getPercentSampled().getNumerator(), denominator);
        boolean independent = proto.getUseIndependentRandomness();
        return (in, random) -> {
            // All proxies on a request's way sample alike: its id is their common random number.
            String id = independent ? null : in.info().requestId();
            return runtime.featureEnabled(proto.getRuntimeKey(), share, id == null ? random : idNumber(id, random));
        };
    }

    private static long idNumber(String id, long otherwise) {
        try {
            return id.length() == 36 ? Long.parseLong(id.substring(0, 8), 16) : otherwise;
        } catch (NumberFormatException _) {
            return otherwise;
        }
    }

    private static LogFilter flags(List<String> names, String field) {
        EnumSet<ResponseFlag> wanted = EnumSet.noneOf(ResponseFlag.class);
        for (String name : names) {
            wanted.add(flag(name, field));
        }
        return (in, _) -> {
            StreamInfo info = in.info();
            for (int i = 0; i < info.flagCount(); i++) {
                if (wanted.isEmpty() || wanted.contains(info.flag(i))) {
                    return true;
                }
            }
            return false;
        };
    }

    private static ResponseFlag flag(String name, String field) {
        for (ResponseFlag flag : ResponseFlag.values()) {
            if (flag.shortName().equals(name)) {
                return flag;
            }
        }
        throw new ConfigRejected(field, "unknown response flag '" + name + "'");
    }

    private static LogFilter grpcStatus(GrpcStatusFilter proto) {
        Set<Long> statuses =
                proto.getStatusesValueList().stream().map(Long::valueOf).collect(Collectors.toSet());
        return (in, _) -> {
            long status = GrpcStatus.of(in.response(), in.trailers(), in.info().responseCode());
            long known = status == Operator.Number.ABSENT ? GrpcStatus.UNKNOWN : status;
            return statuses.contains(known) != proto.getExclude();
        };
    }

    private static LogFilter metadata(MetadataFilter proto, String field) {
        boolean whenMissing =
                !proto.hasMatchIfKeyNotFound() || proto.getMatchIfKeyNotFound().getValue();
        if (!proto.hasMatcher()) {
            return (_, _) -> whenMissing;
        }
        MetadataMatcher matcher = MetadataMatcher.compile(proto.getMatcher(), field + ".matcher");
        return (in, _) -> matcher.find(in.info().dynamicMetadata()) == null
                ? whenMissing
                : matcher.matches(in.info().dynamicMetadata());
    }

    private static LogFilter logType(LogTypeFilter proto) {
        Set<String> names =
                proto.getTypesList().stream().map(type -> type.name()).collect(Collectors.toSet());
        return (in, _) -> {
            // The proto names the types in CamelCase, which is their text here.
            boolean listed = names.contains(in.type().text());
            return listed != proto.getExclude();
        };
    }
}
