package io.layar.proxy.server;

import io.layar.proxy.http.HcmType;
import io.layar.proxy.network.NetworkFilterType;
import io.layar.proxy.network.filter.EchoFilter;
import io.layar.proxy.network.filter.TcpProxyFilter;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Every network filter, by the type of its configuration. A line here, and nothing else, makes one known. */
final class NetworkFilterTable {
    private static final String PREFIX = "envoy.extensions.filters.network.";

    private NetworkFilterTable() {}

    static Map<String, Supplier<NetworkFilterType>> types() {
        Map<String, Supplier<NetworkFilterType>> types = new HashMap<>();
        types.put(PREFIX + "echo.v3.Echo", EchoFilter.Type::new);
        types.put(PREFIX + "tcp_proxy.v3.TcpProxy", TcpProxyFilter.Type::new);
        types.put(PREFIX + "http_connection_manager.v3.HttpConnectionManager", HcmType::new);
        return types;
    }
}
