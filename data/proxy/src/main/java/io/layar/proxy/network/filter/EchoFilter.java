package io.layar.proxy.network.filter;

import com.google.protobuf.Message;
import io.layar.proxy.network.DownstreamConnection;
import io.layar.proxy.network.FilterContext;
import io.layar.proxy.network.NetworkFilter;
import io.layar.proxy.network.NetworkFilterFactory;
import io.layar.proxy.network.NetworkFilterType;
import io.layar.proxy.network.TerminalFilter;
import io.netty.buffer.ByteBuf;

/** Sends back what comes. Thread: event loop of its connection. */
public final class EchoFilter implements TerminalFilter {
    private final DownstreamConnection connection;

    private EchoFilter(DownstreamConnection connection) {
        this.connection = connection;
    }

    @Override
    public void onNewConnection() {
        connection.flush();
    }

    @Override
    public void onData(ByteBuf data) {
        connection.write(data);
    }

    @Override
    public void onReadComplete() {
        connection.flush();
    }

    @Override
    public void onEndOfStream() {
        connection.close(DownstreamConnection.Close.FLUSH, "");
    }

    @Override
    public void onWritabilityChanged(boolean writable) {
        connection.pauseReading(!writable);
    }

    /** The kind. */
    public static final class Type implements NetworkFilterType {
        @Override
        public String configType() {
            return "envoy.extensions.filters.network.echo.v3.Echo";
        }

        @Override
        public NetworkFilterFactory compile(Message config, FilterContext context) {
            return new NetworkFilterFactory() {
                @Override
                public NetworkFilter create(DownstreamConnection connection) {
                    return new EchoFilter(connection);
                }

                @Override
                public boolean terminal() {
                    return true;
                }

                @Override
                public boolean halfClose() {
                    return true;
                }
            };
        }
    }
}
