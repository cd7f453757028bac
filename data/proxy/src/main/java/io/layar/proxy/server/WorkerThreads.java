package io.layar.proxy.server;

import io.layar.proxy.worker.SocketTypes;
import io.layar.proxy.worker.Worker;
import io.layar.proxy.worker.Workers;
import io.netty.channel.EventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.ArrayList;
import java.util.List;

/** Starts the event loops: epoll where the kernel and the library have it, else NIO. */
final class WorkerThreads {
    private WorkerThreads() {}

    static Workers start(int concurrency) {
        boolean epoll = Epoll.isAvailable();
        IoHandlerFactory io = epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        SocketTypes sockets = epoll ? epoll() : nio();
        Worker main = new Worker(-1, group("main", 1, io), sockets);
        List<Worker> workers = new ArrayList<>();
        for (int i = 0; i < concurrency; i++) {
            workers.add(new Worker(i, group("wrk:worker_" + i, 1, io), sockets));
        }
        return new Workers(main, List.copyOf(workers));
    }

    private static EventLoop group(String name, int threads, IoHandlerFactory io) {
        return new MultiThreadIoEventLoopGroup(threads, new DefaultThreadFactory(name, true), io).next();
    }

    private static SocketTypes epoll() {
        return new SocketTypes(
                true,
                address -> address instanceof DomainSocketAddress
                        ? new EpollDomainSocketChannel()
                        : new EpollSocketChannel(),
                address -> address instanceof DomainSocketAddress
                        ? new EpollServerDomainSocketChannel()
                        : new EpollServerSocketChannel(),
                EpollDatagramChannel.class);
    }

    private static SocketTypes nio() {
        return new SocketTypes(
                false,
                address -> new NioSocketChannel(),
                address -> new NioServerSocketChannel(),
                NioDatagramChannel.class);
    }
}
