package io.layar.proxy.worker;

import io.netty.channel.Channel;
import io.netty.channel.ServerChannel;
import io.netty.channel.socket.DatagramChannel;
import java.net.SocketAddress;
import java.util.function.Function;

/**
 * Channel classes of one kind of event loop.
 *
 * <p>Shape: {@code stream} and {@code server} take the address that will be bound or connected, as unix sockets have classes of their own.
 */
public record SocketTypes(
        boolean epoll,
        Function<SocketAddress, Channel> stream,
        Function<SocketAddress, ServerChannel> server,
        Class<? extends DatagramChannel> datagram) {}
