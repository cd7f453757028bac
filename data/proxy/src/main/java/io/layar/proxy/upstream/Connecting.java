package io.layar.proxy.upstream;

import io.layar.proxy.core.cluster.ConnectSettings;
import io.layar.proxy.core.stream.Address;
import io.layar.proxy.worker.SocketTypes;
import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.unix.DomainSocketAddress;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import org.jspecify.annotations.Nullable;

/** Sockets to upstream hosts: options, local addresses, and what their errors are called. */
final class Connecting {
    private static final String[] REASONS = {
        "Connection refused",
        "Connection timed out",
        "Network is unreachable",
        "No route to host",
        "Permission denied",
        "Cannot assign requested address",
        "Connection reset by peer",
        "Host is down",
        "No such file or directory",
        "Operation not permitted",
        "Invalid argument",
        "Too many open files",
        "Address already in use",
        "Resource temporarily unavailable"
    };

    private Connecting() {}

    /** A channel for {@code remote} with all options set, not registered yet. */
    static Channel channel(SocketTypes sockets, SocketAddress remote, ConnectSettings settings, boolean halfClose) {
        Channel channel = sockets.stream().apply(remote);
        ChannelConfig config = channel.config();
        int high = settings.bufferLimitBytes() > 0 ? settings.bufferLimitBytes() : Integer.MAX_VALUE;
        config.setWriteBufferWaterMark(new WriteBufferWaterMark(high / 2, high));
        config.setConnectTimeoutMillis(0);
        if (halfClose) {
            config.setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        }
        if (remote instanceof InetSocketAddress) {
            config.setOption(ChannelOption.TCP_NODELAY, true);
            ConnectSettings.Keepalive keepalive = settings.keepalive();
            if (keepalive != null) {
                config.setOption(ChannelOption.SO_KEEPALIVE, true);
                setIf(sockets, config, EpollChannelOption.TCP_KEEPCNT, keepalive.probes());
                setIf(sockets, config, EpollChannelOption.TCP_KEEPIDLE, keepalive.time());
                setIf(sockets, config, EpollChannelOption.TCP_KEEPINTVL, keepalive.interval());
            }
            ConnectSettings.Bind bind = settings.bind();
            if (bind != null && bind.freebind() && sockets.epoll()) {
                config.setOption(EpollChannelOption.IP_FREEBIND, true);
            }
        }
        return channel;
    }

    private static void setIf(
            SocketTypes sockets, ChannelConfig config, ChannelOption<Integer> option, @Nullable Integer value) {
        if (value != null && sockets.epoll()) {
            config.setOption(option, value);
        }
    }

    /** The address in the form that Netty connects to. */
    static SocketAddress target(Address address) {
        return address.socket() instanceof UnixDomainSocketAddress pipe
                ? new DomainSocketAddress(pipe.getPath().toString())
                : address.socket();
    }

    /** The local address to bind to, or null. */
    static @Nullable SocketAddress local(ConnectSettings settings, SocketAddress remote) {
        ConnectSettings.Bind bind = settings.bind();
        if (bind == null || !(remote instanceof InetSocketAddress inet)) {
            return null;
        }
        boolean v6 = inet.getAddress() instanceof Inet6Address;
        for (Address source : bind.sources()) {
            if (source.inet() instanceof Inet6Address == v6) {
                return source.socket();
            }
        }
        return null;
    }

    /** Why connecting failed, as the C library calls it. */
    static String reason(Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        for (String reason : REASONS) {
            if (message.contains(reason)) {
                return reason;
            }
        }
        return message;
    }
}
