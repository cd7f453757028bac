package io.layar.proxy.upstream;

import io.layar.proxy.core.cluster.Discovery;
import io.layar.proxy.worker.Worker;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufHolder;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.dns.DefaultDnsQuestion;
import io.netty.handler.codec.dns.DnsRecord;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.resolver.dns.DnsNameResolver;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.resolver.dns.NoopDnsCache;
import io.netty.resolver.dns.SequentialDnsServerAddressStreamProvider;
import io.netty.util.ReferenceCountUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** DNS on the main loop: one resolver for each set of servers, made when first needed. Thread: main loop. */
final class DnsResolvers {
    private final Worker main;
    private final Map<List<Object>, DnsNameResolver> resolvers = new HashMap<>();

    /** What a name resolved to. Shape: {@code addresses} is null on failure, empty where the name has none. Units: seconds. */
    record Answer(@Nullable List<InetAddress> addresses, long ttlSeconds) {}

    DnsResolvers(Worker main) {
        this.main = main;
    }

    /** Resolves {@code name} as the family says; {@code callback} runs on the main loop, later. */
    void resolve(String name, Discovery.DnsSettings settings, Consumer<Answer> callback) {
        switch (settings.family()) {
            case V4_ONLY -> query(name, DnsRecordType.A, settings, callback);
            case V6_ONLY -> query(name, DnsRecordType.AAAA, settings, callback);
            case AUTO -> first(name, DnsRecordType.AAAA, DnsRecordType.A, settings, callback);
            case V4_PREFERRED -> first(name, DnsRecordType.A, DnsRecordType.AAAA, settings, callback);
            case ALL ->
                query(
                        name,
                        DnsRecordType.A,
                        settings,
                        four -> query(name, DnsRecordType.AAAA, settings, six -> callback.accept(both(four, six))));
        }
    }

    private void first(
            String name,
            DnsRecordType one,
            DnsRecordType other,
            Discovery.DnsSettings settings,
            Consumer<Answer> callback) {
        query(name, one, settings, answer -> {
            if (answer.addresses() != null && !answer.addresses().isEmpty()) {
                callback.accept(answer);
            } else {
                query(name, other, settings, callback);
            }
        });
    }

    private static Answer both(Answer a, Answer b) {
        if (a.addresses() == null || b.addresses() == null) {
            return a.addresses() == null ? b : a;
        }
        List<InetAddress> all = new ArrayList<>(a.addresses());
        all.addAll(b.addresses());
        return new Answer(all, Math.min(a.ttlSeconds(), b.ttlSeconds()));
    }

    private void query(String name, DnsRecordType type, Discovery.DnsSettings settings, Consumer<Answer> callback) {
        resolver(settings).resolveAll(new DefaultDnsQuestion(name, type)).addListener(future -> {
            if (!future.isSuccess()) {
                callback.accept(new Answer(null, 0));
                return;
            }
            @SuppressWarnings("unchecked")
            List<DnsRecord> records = (List<DnsRecord>) future.getNow();
            callback.accept(read(records));
        });
    }

    private static Answer read(List<DnsRecord> records) {
        List<InetAddress> addresses = new ArrayList<>(records.size());
        long ttl = Long.MAX_VALUE;
        for (DnsRecord record : records) {
            if (record instanceof ByteBufHolder holder) {
                InetAddress address = address(holder.content());
                if (address != null) {
                    addresses.add(address);
                    ttl = Math.min(ttl, record.timeToLive());
                }
            }
            ReferenceCountUtil.release(record);
        }
        return new Answer(addresses, ttl);
    }

    private static @Nullable InetAddress address(ByteBuf content) {
        byte[] bytes = new byte[content.readableBytes()];
        content.getBytes(content.readerIndex(), bytes);
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            return null;
        }
    }

    private DnsNameResolver resolver(Discovery.DnsSettings settings) {
        return resolvers.computeIfAbsent(List.of(settings.servers(), settings.tcp()), _ -> make(settings));
    }

    private DnsNameResolver make(Discovery.DnsSettings settings) {
        Class<? extends SocketChannel> tcp = main.sockets().epoll() ? EpollSocketChannel.class : NioSocketChannel.class;
        // Every cluster has its own pace; a cache in between would stretch it.
        DnsNameResolverBuilder builder = new DnsNameResolverBuilder(main.loop())
                .datagramChannelType(main.sockets().datagram())
                .socketChannelType(tcp, true)
                .resolveCache(NoopDnsCache.INSTANCE)
                .optResourceEnabled(false);
        List<InetSocketAddress> servers = settings.servers();
        if (!servers.isEmpty()) {
            builder.nameServerProvider(new SequentialDnsServerAddressStreamProvider(servers));
        }
        return builder.build();
    }
}
