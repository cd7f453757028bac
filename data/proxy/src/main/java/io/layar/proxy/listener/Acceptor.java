package io.layar.proxy.listener;

import io.layar.proxy.core.config.ConfigRejected;
import io.layar.proxy.worker.Worker;
import io.layar.proxy.worker.Workers;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.unix.IntegerUnixChannelOption;
import io.netty.channel.unix.UnixChannelOption;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * The listening sockets of one address: one per worker with SO_REUSEPORT, or one that deals connections out in turn.
 *
 * <p>Thread: main loop; accepted channels start on their worker's loop.
 */
final class Acceptor {
    private static final int SOL_IP = 0;
    private static final int SOL_IPV6 = 41;

    private final List<Channel> sockets = new ArrayList<>();
    private final Supplier<ListenerConfig> config;
    private final AcceptGate gate;
    private SocketAddress address;

    /** Lets a new connection in, or closes it. */
    interface AcceptGate {
        void accepted(Worker worker, Channel channel, ListenerConfig config);
    }

    Acceptor(SocketAddress address, Supplier<ListenerConfig> config, AcceptGate gate) {
        this.address = address;
        this.config = config;
        this.gate = gate;
    }

    /** The address that is bound, with its real port. */
    SocketAddress address() {
        return address;
    }

    /** Errors: {@link ConfigRejected} when an address cannot be bound; then nothing stays bound. */
    void bind(Workers workers, SocketSettings settings) {
        boolean perWorker = settings.reusePort()
                && workers.all().getFirst().sockets().epoll()
                && address instanceof InetSocketAddress;
        try {
            if (perWorker) {
                for (Worker worker : workers.all()) {
                    sockets.add(bindOne(worker, List.of(worker), settings));
                    address = sockets.getFirst().localAddress();
                }
            } else {
                sockets.add(bindOne(workers.all().getFirst(), workers.all(), settings));
                address = sockets.getFirst().localAddress();
            }
        } catch (BindFailed e) {
            close();
            throw new ConfigRejected("address", String.valueOf(e.getMessage()));
        }
    }

    private static final class BindFailed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        BindFailed(String message) {
            super(message, null, false, false);
        }
    }

    private Channel bindOne(Worker acceptor, List<Worker> targets, SocketSettings settings) {
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(acceptor.loop(), acceptor.loop())
                .channelFactory(() -> acceptor.sockets().server().apply(address))
                .option(ChannelOption.SO_BACKLOG, settings.backlog())
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new Silent());
        applyOptions(bootstrap, settings, acceptor.sockets().epoll());
        bootstrap.handler(new ChannelInitializer<Channel>() {
            @Override
            protected void initChannel(Channel server) {
                server.pipeline().addLast(new Dealer(targets));
            }
        });
        ChannelFuture bound = bootstrap.bind(address).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            Throwable cause = bound.cause();
            String why = cause == null ? "unknown" : String.valueOf(cause.getMessage());
            throw new BindFailed("cannot bind '"
                    + io.layar.proxy.core.stream.Address.of(address).text() + "': "
                    + (why.contains("in use") ? "Address already in use" : why));
        }
        return bound.channel();
    }

    private void applyOptions(ServerBootstrap bootstrap, SocketSettings settings, boolean epoll) {
        if (!(address instanceof InetSocketAddress inet)) {
            return;
        }
        bootstrap.option(ChannelOption.SO_REUSEADDR, true);
        if (!epoll) {
            return;
        }
        if (settings.reusePort()) {
            bootstrap.option(UnixChannelOption.SO_REUSEPORT, true);
        }
        boolean v6 = inet.getAddress() instanceof java.net.Inet6Address;
        if (v6 && settings.ipv6Only() && inet.getAddress().isAnyLocalAddress()) {
            bootstrap.option(new IntegerUnixChannelOption("IPV6_V6ONLY", SOL_IPV6, 26), 1);
        }
        if (settings.transparent()) {
            bootstrap.option(new IntegerUnixChannelOption("IP_TRANSPARENT", SOL_IP, 19), 1);
        }
        if (settings.freebind()) {
            bootstrap.option(new IntegerUnixChannelOption("IP_FREEBIND", SOL_IP, 15), 1);
        }
        if (settings.fastOpen() > 0) {
            bootstrap.option(ChannelOption.TCP_FASTOPEN, settings.fastOpen());
        }
        settings.options()
                .forEach(option -> bootstrap.option(
                        new IntegerUnixChannelOption(
                                option.getDescription(), (int) option.getLevel(), (int) option.getName()),
                        (int) option.getIntValue()));
    }

    void close() {
        sockets.forEach(socket -> socket.close().awaitUninterruptibly());
        sockets.clear();
    }

    /** Gives accepted channels to workers; the channel is registered on its worker's loop. */
    private final class Dealer extends ChannelInboundHandlerAdapter {
        private final List<Worker> targets;
        private int turn;

        Dealer(List<Worker> targets) {
            this.targets = targets;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            Channel child = (Channel) message;
            Worker worker = targets.get(turn++ % targets.size());
            child.config().setOption(ChannelOption.TCP_NODELAY, true);
            child.pipeline().addLast(new Starter(worker));
            worker.loop().register(child);
        }
    }

    private final class Starter extends ChannelInboundHandlerAdapter {
        private final Worker worker;

        Starter(Worker worker) {
            this.worker = worker;
        }

        @Override
        public void channelActive(ChannelHandlerContext context) {
            gate.accepted(worker, context.channel(), config.get());
            context.pipeline().remove(this);
        }
    }

    @Sharable
    private static final class Silent extends ChannelInboundHandlerAdapter {}
}
