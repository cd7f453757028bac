package io.layar.proxy.listener;

import io.layar.proxy.core.stream.Address;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.unix.RawUnixChannelOption;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Restores the destination that iptables redirected: SO_ORIGINAL_DST of the connection, where the kernel knows one.
 *
 * <p>With TPROXY the socket's own address is the destination already. Thread: event loop.
 */
final class OriginalDestination implements ListenerFilter {
    private static final RawUnixChannelOption V4 = new RawUnixChannelOption("SO_ORIGINAL_DST", 0, 80, 16);
    private static final RawUnixChannelOption V6 = new RawUnixChannelOption("IP6T_SO_ORIGINAL_DST", 41, 80, 28);

    @Override
    public Outcome onAccept(AcceptedConnection connection) {
        InetSocketAddress original = read(connection.channel());
        if (original != null && !original.equals(connection.info().local().socket())) {
            connection.info().local(Address.of(original));
        }
        return Outcome.DONE;
    }

    @Override
    public Outcome onBytes(AcceptedConnection connection, ByteBuf bytes) {
        return Outcome.DONE;
    }

    private static @Nullable InetSocketAddress read(Channel channel) {
        if (!(channel instanceof EpollSocketChannel) || !(channel.localAddress() instanceof InetSocketAddress local)) {
            return null;
        }
        boolean v6 = local.getAddress() instanceof java.net.Inet6Address;
        try {
            ByteBuffer raw = channel.config().getOption(v6 ? V6 : V4);
            return raw == null ? null : decode(raw, v6);
        } catch (ChannelException e) {
            // No NAT happened for this connection: the socket's address is what the client meant.
            return null;
        }
    }

    /** A sockaddr_in or sockaddr_in6: family (2), port (2, network order), then the address at 4 or 8. */
    private static @Nullable InetSocketAddress decode(ByteBuffer raw, boolean v6) {
        int start = raw.position();
        int port = ((raw.get(start + 2) & 0xff) << 8) | (raw.get(start + 3) & 0xff);
        byte[] ip = new byte[v6 ? 16 : 4];
        for (int i = 0; i < ip.length; i++) {
            ip[i] = raw.get(start + (v6 ? 8 : 4) + i);
        }
        try {
            return new InetSocketAddress(InetAddress.getByAddress(ip), port);
        } catch (UnknownHostException e) {
            return null;
        }
    }
}
