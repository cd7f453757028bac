package io.layar.xds.server;

import com.google.common.collect.ImmutableList;
import io.grpc.BindableService;
import io.netty.handler.ssl.SslContext;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Where and how to serve. {@code tls} is null for plain text; port 0 takes a free one. */
public record XdsServerSettings(
        InetSocketAddress address,
        @Nullable SslContext tls,
        ImmutableList<BindableService> moreServices,
        Limits limits) {

    /**
     * Bounds of a server.
     *
     * <p>Units: {@code maxRequestBytes} bytes. {@code patience} is how long a client that does not answer may hold its own
     * updates back; {@code maxConnectionAge} is when it is asked to come back, on another server perhaps.
     */
    public record Limits(
            int maxRequestBytes, int maxStreams, Duration keepAlive, Duration maxConnectionAge, Duration patience) {
        public static final Limits DEFAULT =
                new Limits(4 << 20, 100_000, Duration.ofSeconds(30), Duration.ofMinutes(30), Duration.ofSeconds(2));
    }

    public static XdsServerSettings plain(InetSocketAddress address) {
        return new XdsServerSettings(address, null, ImmutableList.of(), Limits.DEFAULT);
    }

    public static XdsServerSettings tls(InetSocketAddress address, SslContext context) {
        return new XdsServerSettings(address, context, ImmutableList.of(), Limits.DEFAULT);
    }
}
