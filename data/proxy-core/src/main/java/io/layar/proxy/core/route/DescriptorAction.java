package io.layar.proxy.core.route;

import io.envoyproxy.envoy.config.route.v3.RateLimit.Action;
import io.envoyproxy.envoy.type.metadata.v3.MetadataKey;
import io.layar.proxy.core.config.ConfigRejected;
import io.layar.proxy.core.config.Durations;
import io.layar.proxy.core.http.HeaderNames;
import io.layar.proxy.core.match.HeaderMatcher;
import io.layar.proxy.core.stream.IpText;
import io.layar.proxy.core.stream.Metadata;
import io.layar.proxy.core.stream.RouteFacts;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One action of a rate limit rule: an entry, nothing, or "no descriptor at all". Thread: any (immutable). */
@FunctionalInterface
interface DescriptorAction {
    Outcome apply(DescriptorInput in);

    sealed interface Outcome {
        record Entry(Descriptor.Entry entry) implements Outcome {}

        record Skip() implements Outcome {}

        record Drop() implements Outcome {}
    }

    static DescriptorAction compile(Action proto, String field) {
        return switch (proto.getActionSpecifierCase()) {
            case SOURCE_CLUSTER -> in -> entry("source_cluster", in.sourceCluster());
            case DESTINATION_CLUSTER -> in -> entry("destination_cluster", in.cluster());
            case REQUEST_HEADERS -> header(proto.getRequestHeaders());
            case QUERY_PARAMETERS -> query(proto.getQueryParameters());
            case REMOTE_ADDRESS ->
                in -> in.info().remote().inet() == null
                        ? new Outcome.Drop()
                        : entry("remote_address", in.info().remote().ip());
            case MASKED_REMOTE_ADDRESS -> masked(proto.getMaskedRemoteAddress());
            case GENERIC_KEY -> {
                Action.GenericKey key = proto.getGenericKey();
                Outcome fixed = entry(orElse(key.getDescriptorKey(), "generic_key"), key.getDescriptorValue());
                yield _ -> fixed;
            }
            case HEADER_VALUE_MATCH -> headerMatch(proto.getHeaderValueMatch(), field + ".header_value_match");
            case QUERY_PARAMETER_VALUE_MATCH ->
                queryMatch(proto.getQueryParameterValueMatch(), field + ".query_parameter_value_match");
            case METADATA -> metadata(proto.getMetadata());
            case DYNAMIC_METADATA ->
                throw ConfigRejected.unsupported(field + ".dynamic_metadata", "dynamic_metadata (use metadata)");
            case EXTENSION ->
                throw ConfigRejected.unsupported(
                        field + ".extension", proto.getExtension().getName());
            case ACTIONSPECIFIER_NOT_SET -> throw new ConfigRejected(field, "action_specifier: value is required");
        };
    }

    private static Outcome entry(String key, String value) {
        return new Outcome.Entry(new Descriptor.Entry(key, value));
    }

    private static Outcome missing(boolean skip) {
        return skip ? new Outcome.Skip() : new Outcome.Drop();
    }

    private static String orElse(String text, String otherwise) {
        return text.isEmpty() ? otherwise : text;
    }

    private static DescriptorAction header(Action.RequestHeaders proto) {
        String name = proto.getHeaderName().toLowerCase(Locale.ROOT).intern();
        return in -> {
            String value = in.headers().get(name);
            return value == null ? missing(proto.getSkipIfAbsent()) : entry(proto.getDescriptorKey(), value);
        };
    }

    private static DescriptorAction query(Action.QueryParameters proto) {
        return in -> {
            String path = in.headers().get(HeaderNames.PATH);
            String value = path == null ? null : Paths.queryParameter(path, proto.getQueryParameterName());
            return value == null ? missing(proto.getSkipIfAbsent()) : entry(proto.getDescriptorKey(), value);
        };
    }

    private static DescriptorAction masked(Action.MaskedRemoteAddress proto) {
        int v4 = (int) Durations.unsigned(proto.hasV4PrefixMaskLen(), proto.getV4PrefixMaskLen(), 32);
        int v6 = (int) Durations.unsigned(proto.hasV6PrefixMaskLen(), proto.getV6PrefixMaskLen(), 128);
        return in -> {
            InetAddress inet = in.info().remote().inet();
            String text = inet == null ? null : mask(inet, inet.getAddress().length == 4 ? v4 : v6);
            return text == null ? new Outcome.Drop() : entry("masked_remote_address", text);
        };
    }

    private static @Nullable String mask(InetAddress inet, int bits) {
        byte[] bytes = inet.getAddress();
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] &= (byte) (0xff00 >> Math.clamp(bits - 8 * i, 0, 8));
        }
        try {
            return IpText.of(InetAddress.getByAddress(bytes)) + "/" + bits;
        } catch (UnknownHostException _) {
            return null;
        }
    }

    private static DescriptorAction headerMatch(Action.HeaderValueMatch proto, String field) {
        List<HeaderMatcher> matchers = HeaderMatcher.compileAll(proto.getHeadersList(), field + ".headers");
        boolean expected = !proto.hasExpectMatch() || proto.getExpectMatch().getValue();
        Outcome fixed = entry(orElse(proto.getDescriptorKey(), "header_match"), proto.getDescriptorValue());
        return in -> HeaderMatcher.allMatch(matchers, in.headers()) == expected ? fixed : new Outcome.Drop();
    }

    private static DescriptorAction queryMatch(Action.QueryParameterValueMatch proto, String field) {
        boolean expected = !proto.hasExpectMatch() || proto.getExpectMatch().getValue();
        Outcome fixed = entry(orElse(proto.getDescriptorKey(), "query_match"), proto.getDescriptorValue());
        List<QueryRule> rules = proto.getQueryParametersList().stream()
                .map(one -> QueryRule.of(one, field))
                .toList();
        return in -> {
            String path = in.headers().get(HeaderNames.PATH);
            boolean all = rules.stream().allMatch(rule -> rule.holds(path == null ? "" : path));
            return all == expected ? fixed : new Outcome.Drop();
        };
    }

    private static DescriptorAction metadata(Action.MetaData proto) {
        MetadataKey key = proto.getMetadataKey();
        List<String> path =
                key.getPathList().stream().map(MetadataKey.PathSegment::getKey).toList();
        boolean ofRoute = proto.getSource() == Action.MetaData.Source.ROUTE_ENTRY;
        return in -> {
            RouteFacts route = in.info().route();
            Metadata source = ofRoute
                    ? route == null ? Metadata.EMPTY : route.metadata()
                    : in.info().dynamicMetadata();
            String value = source.get(key.getKey(), path) instanceof String text ? text : "";
            if (value.isEmpty()) {
                value = proto.getDefaultValue();
            }
            return value.isEmpty() ? missing(proto.getSkipIfAbsent()) : entry(proto.getDescriptorKey(), value);
        };
    }
}
