package io.layar.xdsgen.extensions;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import io.envoyproxy.envoy.config.accesslog.v3.AccessLog;
import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.config.listener.v3.FilterChain;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.listener.v3.ListenerFilter;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager.UpgradeConfig;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter;
import io.envoyproxy.envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy;
import io.layar.xdsgen.envoy.Protos;
import java.util.List;

/** A listener without the filters and loggers that a node lacks. */
final class ListenerRestriction {
    private final NodeExtensions node;

    ListenerRestriction(NodeExtensions node) {
        this.node = node;
    }

    Listener of(Listener listener) {
        Listener.Builder out = listener.toBuilder();
        out.clearListenerFilters()
                .addAllListenerFilters(listener.getListenerFiltersList().stream()
                        .filter(this::isKnown)
                        .toList());
        out.clearAccessLog().addAllAccessLog(loggers(listener.getAccessLogList()));
        out.getFilterChainsBuilderList().forEach(this::restrict);
        if (out.hasDefaultFilterChain()) {
            restrict(out.getDefaultFilterChainBuilder());
        }
        Listener made = out.build();
        return made.equals(listener) ? listener : made;
    }

    private boolean isKnown(ListenerFilter filter) {
        return filter.hasConfigDiscovery()
                ? filter.getConfigDiscovery().getTypeUrlsList().stream().anyMatch(node::hasType)
                : node.has(filter.getName(), filter.getTypedConfig());
    }

    private List<AccessLog> loggers(List<AccessLog> loggers) {
        return loggers.stream()
                .filter(l -> node.has(l.getName(), l.getTypedConfig()))
                .toList();
    }

    private void restrict(FilterChain.Builder chain) {
        List<Filter> filters = chain.getFiltersList().stream()
                .filter(this::isKnown)
                .map(this::inside)
                .toList();
        chain.clearFilters().addAllFilters(filters);
    }

    private boolean isKnown(Filter filter) {
        return filter.hasConfigDiscovery()
                ? filter.getConfigDiscovery().getTypeUrlsList().stream().anyMatch(node::hasType)
                : node.has(filter.getName(), filter.getTypedConfig());
    }

    private Filter inside(Filter filter) {
        Any config = filter.getTypedConfig();
        try {
            if (config.is(HttpConnectionManager.class)) {
                HttpConnectionManager.Builder manager = HttpConnectionManager.parseFrom(config.getValue()).toBuilder();
                restrict(manager);
                return filter.toBuilder()
                        .setTypedConfig(Protos.pack(manager.build()))
                        .build();
            }
            if (config.is(TcpProxy.class)) {
                TcpProxy proxy = TcpProxy.parseFrom(config.getValue());
                return filter.toBuilder()
                        .setTypedConfig(Protos.pack(proxy.toBuilder()
                                .clearAccessLog()
                                .addAllAccessLog(loggers(proxy.getAccessLogList()))
                                .build()))
                        .build();
            }
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("bytes of filter " + filter.getName() + " (expected: its type)", e);
        }
        return filter;
    }

    private void restrict(HttpConnectionManager.Builder manager) {
        List<HttpFilter> filters = known(manager.getHttpFiltersList());
        List<AccessLog> loggers = loggers(manager.getAccessLogList());
        manager.clearHttpFilters().addAllHttpFilters(filters);
        manager.clearAccessLog().addAllAccessLog(loggers);
        for (UpgradeConfig.Builder upgrade : manager.getUpgradeConfigsBuilderList()) {
            List<HttpFilter> own = known(upgrade.getFiltersList());
            upgrade.clearFilters().addAllFilters(own);
        }
        if (manager.hasRouteConfig()) {
            manager.setRouteConfig(RouteRestriction.of(node, manager.getRouteConfig()));
        }
    }

    private List<HttpFilter> known(List<HttpFilter> filters) {
        return filters.stream()
                .filter(f -> f.hasConfigDiscovery()
                        ? f.getConfigDiscovery().getTypeUrlsList().stream().anyMatch(node::hasType)
                        : node.has(f.getName(), f.getTypedConfig()))
                .toList();
    }
}
