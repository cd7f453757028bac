package io.layar.proxy.listener;

import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.layar.proxy.core.config.ConfigRejected;
import io.layar.proxy.core.stats.Counter;
import io.layar.proxy.core.stats.Gauge;
import io.layar.proxy.core.stats.StatsScope;
import io.layar.proxy.network.InitTargets;
import io.layar.proxy.network.Services;
import io.layar.proxy.worker.Worker;
import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * All listeners: added, changed in place, drained, removed.
 *
 * <p>Thread: main loop, but for what {@link ListenerHost} says. Errors: {@link ConfigRejected}; the old listener stays.
 */
public final class Listeners implements ListenerHost {
    private static final Logger LOG = Logger.getLogger("io.layar.proxy.listener");

    private final Services services;
    private final ListenerCompiler compiler;
    private final long drainMillis;
    private final boolean drainAtOnce;
    private final ConnectionLimits limits;
    private final Map<String, ActiveListener> active = new LinkedHashMap<>();
    private final Map<String, ActiveListener> warming = new LinkedHashMap<>();
    private final Set<AcceptedConnection> connections = ConcurrentHashMap.newKeySet();
    private final AtomicLong ids = new AtomicLong(1);
    private volatile Map<SocketAddress, ListenerConfig> byAddress = Map.of();
    private boolean started;
    private final Counter added;
    private final Counter modified;
    private final Counter removed;
    private final Gauge totalActive;
    private final Gauge totalWarming;
    private final Counter createFailure;
    private final Counter createSuccess;

    public Listeners(Services services, BooleanSupplier processDrains, long drainMillis, boolean drainAtOnce) {
        this.services = services;
        this.compiler = new ListenerCompiler(services, processDrains);
        this.drainMillis = drainMillis;
        this.drainAtOnce = drainAtOnce;
        this.limits = new ConnectionLimits(services);
        StatsScope scope = services.stats().scope("listener_manager.");
        added = scope.counter("listener_added");
        modified = scope.counter("listener_modified");
        removed = scope.counter("listener_removed");
        createFailure = scope.counter("listener_create_failure");
        createSuccess = scope.counter("listener_create_success");
        totalActive = scope.gauge("total_listeners_active");
        totalWarming = scope.gauge("total_listeners_warming");
    }

    /**
     * Adds a listener or changes the one of its name; it takes connections once everything that it waits for is there (and the server has started).
     */
    public void addOrUpdate(Listener proto, String version) {
        addOrUpdate(proto, version, true);
    }

    /** The same for a listener of the bootstrap. */
    public void addStatic(Listener proto) {
        addOrUpdate(proto, "", false);
    }

    private void addOrUpdate(Listener proto, String version, boolean dynamic) {
        ActiveListener current = warming.getOrDefault(proto.getName(), active.get(proto.getName()));
        if (current != null && current.config().proto().equals(proto)) {
            return;
        }
        Targets targets = new Targets();
        ListenerConfig config;
        try {
            config = compiler.compile(proto, version, targets);
        } catch (ConfigRejected e) {
            createFailure.inc();
            throw e;
        }
        checkAddresses(config);
        (current == null ? added : modified).inc();
        ActiveListener next = new ActiveListener(config, dynamic, targets);
        warming.put(config.name(), next);
        totalWarming.set(warming.size());
        targets.whenDone(() -> warmed(next));
    }

    private void checkAddresses(ListenerConfig config) {
        for (ActiveListener other : active.values()) {
            boolean same = !other.config().name().equals(config.name())
                    && config.bound()
                    && other.config().bound();
            for (SocketAddress address : config.addresses()) {
                boolean fixed = !(address instanceof InetSocketAddress inet) || inet.getPort() != 0;
                if (same && fixed && other.config().addresses().contains(address)) {
                    throw new ConfigRejected(
                            "address",
                            "error adding listener: '" + config.name() + "' has duplicate address '"
                                    + io.layar.proxy.core.stream.Address.of(address)
                                            .text() + "' as existing listener");
                }
            }
        }
    }

    private void warmed(ActiveListener next) {
        if (!started || warming.get(next.config().name()) != next) {
            return;
        }
        warming.remove(next.config().name());
        totalWarming.set(warming.size());
        activate(next);
    }

    private void activate(ActiveListener next) {
        ActiveListener previous = active.get(next.config().name());
        try {
            if (next.config().bound()) {
                next.listen(previous, services.workers(), this::accepted);
            }
            createSuccess.inc();
        } catch (ConfigRejected e) {
            createFailure.inc();
            LOG.log(Level.WARNING, "listener ''{0}'' cannot listen: {1}", new Object[] {
                next.config().name(), e.getMessage()
            });
            next.failure(e);
            if (!next.dynamic()) {
                throw e;
            }
            return;
        }
        active.put(next.config().name(), next);
        totalActive.set(active.size());
        publish();
        if (previous != null) {
            previous.closeSockets();
            retire(previous.config(), next.config());
        }
    }

    /** The server starts: everything that has warmed begins to listen. */
    public void start() {
        started = true;
        for (ActiveListener listener : List.copyOf(warming.values())) {
            listener.targets().whenDone(() -> warmed(listener));
        }
    }

    public void remove(String name) {
        ActiveListener waiting = warming.remove(name);
        ActiveListener gone = active.remove(name);
        totalWarming.set(warming.size());
        totalActive.set(active.size());
        if (gone == null) {
            if (waiting != null) {
                removed.inc();
            }
            return;
        }
        removed.inc();
        publish();
        gone.closeSockets();
        retire(gone.config(), null);
    }

    /** Connections of chains that are no more drain; those of chains that are the same in {@code next} go on. */
    private void retire(ListenerConfig old, @Nullable ListenerConfig next) {
        Set<Object> kept = next == null || !sameButChains(old, next)
                ? Set.of()
                : next.chains().stream().map(FilterChain::identity).collect(Collectors.toSet());
        for (FilterChain chain : old.chains()) {
            if (!kept.contains(chain.identity())) {
                chain.drain().start(drainAtOnce ? 0 : drainMillis);
            }
        }
        connections.stream()
                .filter(c -> c.listener() == old && c.chain().drain().started())
                .forEach(c -> c.worker().execute(c::drain));
        services.workers().main().loop().schedule(() -> closeDrained(old), drainMillis, TimeUnit.MILLISECONDS);
    }

    private static boolean sameButChains(ListenerConfig old, ListenerConfig next) {
        return old.proto().toBuilder()
                .clearFilterChains()
                .clearDefaultFilterChain()
                .build()
                .equals(next.proto().toBuilder()
                        .clearFilterChains()
                        .clearDefaultFilterChain()
                        .build());
    }

    private void closeDrained(ListenerConfig old) {
        connections.stream()
                .filter(c -> c.listener() == old && c.chain().drain().started())
                .forEach(c -> c.channel().close());
    }

    private void publish() {
        Map<SocketAddress, ListenerConfig> next = new HashMap<>();
        active.values()
                .forEach(listener ->
                        listener.config().addresses().forEach(address -> next.put(address, listener.config())));
        byAddress = Map.copyOf(next);
    }

    private void accepted(Worker worker, Channel channel, ListenerConfig config) {
        if (channel.remoteAddress() == null || !limits.admit(config)) {
            channel.close();
            return;
        }
        channel.closeFuture().addListener(done -> limits.left(config));
        AcceptedConnection connection = new AcceptedConnection(worker, channel, this, config);
        channel.pipeline().addLast(connection);
        connection.start();
    }

    /** Drains every listener (of inbound direction only, where asked for): connections end gracefully, with {@code stop} sockets close. */
    public void drainAll(boolean inboundOnly, boolean stop) {
        for (ActiveListener listener : List.copyOf(active.values())) {
            boolean inbound = listener.config().proto().getTrafficDirection()
                    == io.envoyproxy.envoy.config.core.v3.TrafficDirection.INBOUND;
            if (inboundOnly && !inbound) {
                continue;
            }
            listener.config().chains().forEach(chain -> chain.drain().start(drainAtOnce ? 0 : drainMillis));
            connections.stream()
                    .filter(c -> c.listener() == listener.config())
                    .forEach(c -> c.worker().execute(c::drain));
            if (stop) {
                listener.closeSockets();
            }
        }
    }

    /** Closes every socket and connection: the process ends. */
    public void close() {
        active.values().forEach(ActiveListener::closeSockets);
        connections.forEach(c -> c.channel().close().awaitUninterruptibly(200));
    }

    public List<ActiveListener> active() {
        return new ArrayList<>(active.values());
    }

    public List<ActiveListener> warming() {
        return new ArrayList<>(warming.values());
    }

    /** How long draining takes. */
    public long drainMillis() {
        return drainMillis;
    }

    public int openConnections() {
        return connections.size();
    }

    @Override
    public long nextConnectionId() {
        return ids.getAndIncrement();
    }

    @Override
    public @Nullable ListenerConfig meantBy(SocketAddress destination) {
        Map<SocketAddress, ListenerConfig> known = byAddress;
        ListenerConfig exact = known.get(destination);
        if (exact != null || !(destination instanceof InetSocketAddress inet)) {
            return exact;
        }
        boolean v6 = inet.getAddress() instanceof java.net.Inet6Address;
        ListenerConfig any = known.get(
                new InetSocketAddress(v6 ? ConnectionLimits.ANY_V6 : ConnectionLimits.ANY_V4, inet.getPort()));
        return any == null && !v6
                ? compatible(known.get(new InetSocketAddress(ConnectionLimits.ANY_V6, inet.getPort())))
                : any;
    }

    private static @Nullable ListenerConfig compatible(@Nullable ListenerConfig any) {
        return any != null && !any.sockets().ipv6Only() ? any : null;
    }

    @Override
    public void opened(AcceptedConnection connection) {
        connections.add(connection);
    }

    @Override
    public void closed(AcceptedConnection connection) {
        connections.remove(connection);
    }

    @Override
    public void fault(AcceptedConnection connection, Throwable cause) {
        LOG.log(Level.SEVERE, "connection " + connection.info().id() + " failed", cause);
    }

    /** What one listener waits for. */
    static final class Targets implements InitTargets {
        private final Set<String> waiting = new java.util.TreeSet<>();
        private final List<Runnable> whenDone = new ArrayList<>();
        private long sequence;

        @Override
        public Runnable waitFor(String name) {
            String key = name + "#" + sequence++;
            waiting.add(key);
            return () -> {
                if (waiting.remove(key) && waiting.isEmpty()) {
                    List.copyOf(whenDone).forEach(Runnable::run);
                }
            };
        }

        void whenDone(Runnable task) {
            if (waiting.isEmpty()) {
                task.run();
            } else {
                whenDone.add(task);
            }
        }

        Set<String> waiting() {
            return Set.copyOf(waiting);
        }
    }
}
