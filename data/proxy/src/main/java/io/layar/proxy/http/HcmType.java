package io.layar.proxy.http;

import com.google.protobuf.Message;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.layar.proxy.network.DownstreamConnection;
import io.layar.proxy.network.FilterContext;
import io.layar.proxy.network.NetworkFilter;
import io.layar.proxy.network.NetworkFilterFactory;
import io.layar.proxy.network.NetworkFilterType;

/** The HTTP connection manager as a network filter. Thread: any. */
public final class HcmType implements NetworkFilterType {
    @Override
    public String configType() {
        return "envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager";
    }

    @Override
    public NetworkFilterFactory compile(Message config, FilterContext context) {
        HcmConfig compiled = new HcmCompiler((HttpConnectionManager) config, context).compile();
        return new Factory(compiled);
    }

    private record Factory(HcmConfig config) implements NetworkFilterFactory {
        @Override
        public NetworkFilter create(DownstreamConnection connection) {
            return new ConnectionManager(config, connection);
        }

        @Override
        public boolean terminal() {
            return true;
        }
    }
}
