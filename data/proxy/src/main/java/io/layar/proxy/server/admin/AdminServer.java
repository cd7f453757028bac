package io.layar.proxy.server.admin;

import io.envoyproxy.envoy.config.core.v3.Address;
import io.layar.proxy.core.config.ConfigRejected;
import io.layar.proxy.core.match.IpRange;
import io.layar.proxy.network.Services;
import io.layar.proxy.worker.Worker;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.unix.DomainSocketAddress;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;

/** The admin interface on the main loop. Thread: main loop; {@code bind} on the main thread. */
public final class AdminServer {
    private final Services services;
    private final AdminPages pages;

    public AdminServer(Services services, Runnable quit) {
        this.services = services;
        this.pages = new AdminPages(services, quit);
    }

    /** Errors: {@link ConfigRejected} when the address cannot be bound. */
    public void bind(Address proto, String addressFile) throws IOException {
        Worker main = services.workers().main();
        SocketAddress address = proto.hasPipe()
                ? new DomainSocketAddress(proto.getPipe().getPath())
                : new InetSocketAddress(
                        IpRange.parse(proto.getSocketAddress().getAddress(), "admin.address.socket_address.address"),
                        proto.getSocketAddress().getPortValue());
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(main.loop(), main.loop())
                .channelFactory(() -> main.sockets().server().apply(address))
                .option(ChannelOption.SO_REUSEADDR, true)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(new AdminConnection(pages));
                    }
                });
        if (proto.hasPipe()) {
            bootstrap = new ServerBootstrap()
                    .group(main.loop(), main.loop())
                    .channelFactory(() -> main.sockets().server().apply(address))
                    .childHandler(new ChannelInitializer<Channel>() {
                        @Override
                        protected void initChannel(Channel channel) {
                            channel.pipeline().addLast(new AdminConnection(pages));
                        }
                    });
        }
        ChannelFuture bound = bootstrap.bind(address).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new ConfigRejected(
                    "admin.address",
                    "cannot bind '"
                            + io.layar.proxy.core.stream.Address.of(address).text() + "': " + bound.cause());
        }
        if (!addressFile.isEmpty()) {
            Files.writeString(
                    Path.of(addressFile),
                    io.layar.proxy.core.stream.Address.of(bound.channel().localAddress())
                            .text());
        }
    }
}
