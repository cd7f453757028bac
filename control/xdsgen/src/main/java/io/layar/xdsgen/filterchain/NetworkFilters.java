package io.layar.xdsgen.filterchain;

import com.google.common.collect.ImmutableMap;
import com.google.protobuf.Any;
import com.google.protobuf.Message;
import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.extensions.common.dynamic_forward_proxy.v3.DnsCacheConfig;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.filters.network.mongo_proxy.v3.MongoProxy;
import io.envoyproxy.envoy.extensions.filters.network.redis_proxy.v3.RedisProxy;
import io.envoyproxy.envoy.extensions.filters.network.redis_proxy.v3.RedisProxy.ConnPoolSettings;
import io.envoyproxy.envoy.extensions.filters.network.redis_proxy.v3.RedisProxy.PrefixRoutes;
import io.envoyproxy.envoy.extensions.filters.network.sni_dynamic_forward_proxy.v3.FilterConfig;
import io.envoyproxy.envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy;
import io.layar.xdsgen.envoy.Protos;
import io.layar.xdsgen.istio.mysql.MySQLProxy;
import java.util.List;

/** Network filters, most of them terminal. */
public final class NetworkFilters {
    public static final String METADATA_EXCHANGE_NAME = "istio.metadata_exchange";
    public static final String HTTP_CONNECTION_MANAGER_NAME = "envoy.filters.network.http_connection_manager";
    public static final String TCP_PROXY_NAME = "envoy.filters.network.tcp_proxy";
    public static final String SNI_DYNAMIC_FORWARD_PROXY_NAME =
            "envoy.extensions.filters.network.sni_dynamic_forward_proxy";

    private static final String METADATA_EXCHANGE_TYPE =
            "type.googleapis.com/envoy.tcp.metadataexchange.config.MetadataExchange";
    private static final int REDIS_TIMEOUT_SECONDS = 5;

    private NetworkFilters() {}

    public static Filter filter(String name, Message config) {
        return filter(name, Protos.pack(config));
    }

    public static Filter filter(String name, Any config) {
        return Filter.newBuilder().setName(name).setTypedConfig(config).build();
    }

    /** The configuration of the exchange of workload facts over an mTLS connection, for listeners and clusters alike. */
    public static Any metadataExchangeConfig(List<String> additionalLabels) {
        var fields = ImmutableMap.<String, Object>builder();
        fields.put("protocol", "istio-peer-exchange");
        fields.put("enable_discovery", true);
        if (!additionalLabels.isEmpty()) {
            fields.put("additional_labels", additionalLabels);
        }
        return Protos.typedStruct(METADATA_EXCHANGE_TYPE, fields.build());
    }

    public static Filter metadataExchange(List<String> additionalLabels) {
        return filter(METADATA_EXCHANGE_NAME, metadataExchangeConfig(additionalLabels));
    }

    public static Filter httpConnectionManager(HttpConnectionManager manager) {
        return filter(HTTP_CONNECTION_MANAGER_NAME, manager);
    }

    public static Filter tcpProxy(TcpProxy proxy) {
        return filter(TCP_PROXY_NAME, proxy);
    }

    /** Resolves the host that a TLS client names; the connection goes to {@code port} of it. */
    public static Filter resolvesSni(DnsCacheConfig cache, int port) {
        return filter(
                SNI_DYNAMIC_FORWARD_PROXY_NAME,
                FilterConfig.newBuilder()
                        .setDnsCacheConfig(cache)
                        .setPortValue(port)
                        .build());
    }

    public static Filter mongo(String statPrefix) {
        return filter(
                "envoy.filters.network.mongo_proxy",
                MongoProxy.newBuilder().setStatPrefix(statPrefix).build());
    }

    public static Filter mysql(String statPrefix) {
        return filter(
                "envoy.filters.network.mysql_proxy",
                MySQLProxy.newBuilder().setStatPrefix(statPrefix).build());
    }

    /** Terminal: every command goes to one cluster. */
    public static Filter redis(String statPrefix, String cluster) {
        return filter(
                "envoy.filters.network.redis_proxy",
                RedisProxy.newBuilder()
                        .setLatencyInMicros(true)
                        .setStatPrefix(statPrefix)
                        .setSettings(ConnPoolSettings.newBuilder().setOpTimeout(Protos.seconds(REDIS_TIMEOUT_SECONDS)))
                        .setPrefixRoutes(PrefixRoutes.newBuilder()
                                .setCatchAllRoute(
                                        PrefixRoutes.Route.newBuilder().setCluster(cluster)))
                        .build());
    }
}
