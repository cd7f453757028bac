package io.layar.proxy.core.accesslog;

import io.layar.proxy.core.config.ConfigRejected;
import io.layar.proxy.core.stream.Metadata;
import io.layar.proxy.core.stream.RouteFacts;
import io.layar.proxy.core.stream.StreamInfo;
import io.layar.proxy.core.stream.UpstreamInfo;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Operators over metadata and filter state. Not done: {@code CEL} and {@code FILTER_STATE}'s FIELD (refused). */
final class MetadataCommands {
    private MetadataCommands() {}

    static @Nullable Operator find(String name, String argument) {
        return switch (name) {
            case "DYNAMIC_METADATA" -> tree(argument, StreamInfo::dynamicMetadata);
            case "CLUSTER_METADATA" -> tree(argument, info -> upstream(info, UpstreamInfo::clusterMetadata));
            case "UPSTREAM_METADATA" -> tree(argument, info -> upstream(info, UpstreamInfo::hostMetadata));
            case "METADATA" -> metadata(argument);
            case "FILTER_STATE" -> filterState(argument);
            case "UPSTREAM_FILTER_STATE" -> (Operator.Text) _ -> null;
            case "CEL", "TYPED_CEL" -> throw ConfigRejected.unsupported("", "access log operator " + name);
            default -> null;
        };
    }

    private static Metadata upstream(StreamInfo info, Function<UpstreamInfo, Metadata> which) {
        UpstreamInfo upstream = info.upstream();
        return upstream == null ? Metadata.EMPTY : which.apply(upstream);
    }

    private static Metadata route(StreamInfo info, Function<RouteFacts, Metadata> which) {
        RouteFacts route = info.route();
        return route == null ? Metadata.EMPTY : which.apply(route);
    }

    private static Operator.Tree tree(String argument, Function<StreamInfo, Metadata> source) {
        List<String> parts = List.of(argument.split(":"));
        String namespace = parts.getFirst();
        List<String> path = parts.subList(1, parts.size());
        return in -> source.apply(in.info()).get(namespace, path);
    }

    /** {@code METADATA(TYPE:NAMESPACE:KEY…)}. */
    private static Operator.Tree metadata(String argument) {
        int colon = argument.indexOf(':');
        String type = colon < 0 ? argument : argument.substring(0, colon);
        String rest = colon < 0 ? "" : argument.substring(colon + 1);
        return switch (type) {
            case "DYNAMIC" -> tree(rest, StreamInfo::dynamicMetadata);
            case "CLUSTER" -> tree(rest, info -> upstream(info, UpstreamInfo::clusterMetadata));
            case "UPSTREAM_HOST" -> tree(rest, info -> upstream(info, UpstreamInfo::hostMetadata));
            case "ROUTE" -> tree(rest, info -> route(info, RouteFacts::metadata));
            case "VIRTUAL_HOST" -> tree(rest, info -> route(info, RouteFacts::virtualHostMetadata));
            case "LISTENER" -> tree(rest, info -> info.connection().listenerMetadata());
            case "LISTENER_FILTER_CHAIN" -> tree(rest, info -> info.connection().filterChainMetadata());
            default -> throw new ConfigRejected("", type + " is not supported type of metadata");
        };
    }

    /** {@code FILTER_STATE(KEY:PLAIN|TYPED)}. */
    private static Operator filterState(String argument) {
        int colon = argument.indexOf(':');
        String key = colon < 0 ? argument : argument.substring(0, colon);
        String style = colon < 0 ? "TYPED" : argument.substring(colon + 1);
        return switch (style) {
            case "PLAIN" ->
                (Operator.Text) in -> {
                    Object object = in.info().filterState(key);
                    return object == null ? null : object.toString();
                };
            case "TYPED" -> new TypedState(key);
            default -> throw ConfigRejected.unsupported("", "FILTER_STATE serialization '" + style + "'");
        };
    }

    private record TypedState(String key) implements Operator.Tree {
        @Override
        public @Nullable Object value(LogInput in) {
            Object object = in.info().filterState(key);
            return object == null ? null : object.toString();
        }

        @Override
        public boolean write(LogInput in, StringBuilder out) {
            Object value = value(in);
            if (value != null) {
                JsonText.value(out, value);
            }
            return value != null;
        }
    }
}
