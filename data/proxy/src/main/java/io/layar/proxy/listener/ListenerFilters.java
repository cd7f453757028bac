package io.layar.proxy.listener;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.listener.v3.ListenerFilter;
import io.envoyproxy.envoy.config.listener.v3.ListenerFilterChainMatchPredicate;
import io.envoyproxy.envoy.extensions.filters.listener.proxy_protocol.v3.ProxyProtocol;
import io.layar.proxy.core.config.ConfigRejected;
import io.layar.proxy.core.config.Fields;
import io.layar.proxy.core.config.Types;
import io.layar.proxy.network.Services;
import java.util.ArrayList;
import java.util.List;

/** The listener filters that this proxy has, by the type of their configuration. Thread: main loop. */
public final class ListenerFilters {
    private static final String PACKAGE = "envoy.extensions.filters.listener.";
    private static final String TLS_INSPECTOR = PACKAGE + "tls_inspector.v3.TlsInspector";
    private static final String HTTP_INSPECTOR = PACKAGE + "http_inspector.v3.HttpInspector";
    private static final String ORIGINAL_DST = PACKAGE + "original_dst.v3.OriginalDst";
    private static final String PROXY_PROTOCOL = PACKAGE + "proxy_protocol.v3.ProxyProtocol";

    ListenerFilters() {}

    /** Full names of the configurations of all listener filters. */
    public static List<String> types() {
        return List.of(TLS_INSPECTOR, HTTP_INSPECTOR, ORIGINAL_DST, PROXY_PROTOCOL);
    }

    List<ListenerFilterFactory> compile(Listener proto, String statPrefix, Services services, boolean addTlsInspector) {
        List<ListenerFilterFactory> filters = new ArrayList<>();
        if (proto.getUseOriginalDst().getValue() && !restoresDestination(proto)) {
            filters.add(OriginalDestination::new);
        }
        for (int i = 0; i < proto.getListenerFiltersCount(); i++) {
            filters.add(one(proto.getListenerFilters(i), "listener_filters[" + i + "]", services));
        }
        if (addTlsInspector) {
            filters.add(tlsInspector(services));
        }
        return List.copyOf(filters);
    }

    boolean inspectsTls(Listener proto) {
        return has(proto, TLS_INSPECTOR);
    }

    boolean restoresDestination(Listener proto) {
        return has(proto, ORIGINAL_DST);
    }

    private static boolean has(Listener proto, String type) {
        return proto.getListenerFiltersList().stream()
                .anyMatch(f -> Types.nameOf(f.getTypedConfig().getTypeUrl()).equals(type));
    }

    private ListenerFilterFactory one(ListenerFilter filter, String path, Services services) {
        if (filter.hasConfigDiscovery()) {
            throw ConfigRejected.unsupported(path + ".config_discovery", "config_discovery of listener filters");
        }
        ListenerFilterFactory factory =
                factory(filter.getName(), filter.getTypedConfig(), path + ".typed_config", services);
        if (!filter.hasFilterDisabled()) {
            return factory;
        }
        Disabled disabled = Disabled.compile(filter.getFilterDisabled(), path + ".filter_disabled");
        return () -> new Disabled.Filter(disabled, factory.create());
    }

    private ListenerFilterFactory factory(String name, Any any, String path, Services services) {
        switch (Types.nameOf(any.getTypeUrl())) {
            case TLS_INSPECTOR -> {
                Fields.onlySupported(
                        Types.unpack(any, path), path, "initial_read_buffer_size", "enable_ja3_fingerprinting");
                Message config = Types.unpack(any, path);
                Fields.refuse(config, path, "enable_ja3_fingerprinting");
                return tlsInspector(services);
            }
            case HTTP_INSPECTOR -> {
                return HttpInspector::new;
            }
            case ORIGINAL_DST -> {
                return OriginalDestination::new;
            }
            case PROXY_PROTOCOL -> {
                ProxyProtocol config = Types.unpack(any, ProxyProtocol.getDefaultInstance(), path);
                Fields.onlySupported(config, path, "allow_requests_without_proxy_protocol", "stat_prefix");
                boolean optional = config.getAllowRequestsWithoutProxyProtocol();
                return () -> new ProxyProtocolReader(optional);
            }
            default ->
                throw new ConfigRejected(
                        path,
                        "Didn't find a registered implementation for '" + name + "' with type URL: '"
                                + Types.nameOf(any.getTypeUrl()) + "'");
        }
    }

    private static ListenerFilterFactory tlsInspector(Services services) {
        TlsInspector.Stats stats = TlsInspector.Stats.of(services.stats().scope("tls_inspector."));
        return () -> new TlsInspector(stats);
    }

    /** A predicate on the destination port under which a filter is left out. */
    sealed interface Disabled {
        boolean matches(int port);

        record Any() implements Disabled {
            @Override
            public boolean matches(int port) {
                return true;
            }
        }

        record Ports(long start, long end) implements Disabled {
            @Override
            public boolean matches(int port) {
                return port >= start && port < end;
            }
        }

        record Not(Disabled rule) implements Disabled {
            @Override
            public boolean matches(int port) {
                return !rule.matches(port);
            }
        }

        record All(List<Disabled> rules) implements Disabled {
            @Override
            public boolean matches(int port) {
                return rules.stream().allMatch(rule -> rule.matches(port));
            }
        }

        record Some(List<Disabled> rules) implements Disabled {
            @Override
            public boolean matches(int port) {
                return rules.stream().anyMatch(rule -> rule.matches(port));
            }
        }

        static Disabled compile(ListenerFilterChainMatchPredicate proto, String path) {
            return switch (proto.getRuleCase()) {
                case OR_MATCH ->
                    new Some(proto.getOrMatch().getRulesList().stream()
                            .map(r -> compile(r, path))
                            .toList());
                case AND_MATCH ->
                    new All(proto.getAndMatch().getRulesList().stream()
                            .map(r -> compile(r, path))
                            .toList());
                case NOT_MATCH -> new Not(compile(proto.getNotMatch(), path));
                case ANY_MATCH -> new Any();
                case DESTINATION_PORT_RANGE ->
                    new Ports(
                            proto.getDestinationPortRange().getStart(),
                            proto.getDestinationPortRange().getEnd());
                case RULE_NOT_SET -> throw new ConfigRejected(path, "a rule is required");
            };
        }

        /** A filter that is left out where its predicate holds. */
        record Filter(Disabled disabled, io.layar.proxy.listener.ListenerFilter inner)
                implements io.layar.proxy.listener.ListenerFilter {
            @Override
            public Outcome onAccept(AcceptedConnection connection) {
                return disabled.matches(connection.info().local().port()) ? Outcome.DONE : inner.onAccept(connection);
            }

            @Override
            public Outcome onBytes(AcceptedConnection connection, io.netty.buffer.ByteBuf bytes) {
                return inner.onBytes(connection, bytes);
            }
        }
    }
}
