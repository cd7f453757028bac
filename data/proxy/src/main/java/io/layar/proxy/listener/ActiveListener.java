package io.layar.proxy.listener;

import io.layar.proxy.core.config.ConfigRejected;
import io.layar.proxy.worker.Workers;
import java.net.SocketAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A listener with its sockets. Thread: main loop. */
public final class ActiveListener {
    private final ListenerConfig config;
    private final boolean dynamic;
    private final Listeners.Targets targets;
    private final Instant updated = Instant.now();
    private List<Acceptor> acceptors = new ArrayList<>();
    /** What a socket's new connections get: the newest configuration, also on sockets that an older one opened. */
    private AtomicReference<ListenerConfig> current;

    private @Nullable ConfigRejected failure;

    ActiveListener(ListenerConfig config, boolean dynamic, Listeners.Targets targets) {
        this.config = config;
        this.dynamic = dynamic;
        this.targets = targets;
        this.current = new AtomicReference<>(config);
    }

    /** Binds, or takes the sockets of {@code previous} over when address and settings are the same. */
    void listen(@Nullable ActiveListener previous, Workers workers, Acceptor.AcceptGate gate) {
        if (previous != null
                && !previous.acceptors.isEmpty()
                && previous.config.addresses().equals(config.addresses())
                && previous.config.sockets().equals(config.sockets())) {
            acceptors = previous.acceptors;
            current = previous.current;
            previous.acceptors = new ArrayList<>();
            current.set(config);
            return;
        }
        for (SocketAddress address : config.addresses()) {
            Acceptor acceptor = new Acceptor(address, () -> current.get(), gate);
            try {
                acceptor.bind(workers, config.sockets());
            } catch (ConfigRejected e) {
                closeSockets();
                throw e;
            }
            acceptors.add(acceptor);
        }
    }

    void closeSockets() {
        acceptors.forEach(Acceptor::close);
        acceptors.clear();
    }

    /** Addresses as bound, with real ports; as configured where nothing is bound. */
    public List<SocketAddress> localAddresses() {
        return acceptors.isEmpty()
                ? config.addresses()
                : acceptors.stream().map(Acceptor::address).toList();
    }

    ListenerConfig config() {
        return config;
    }

    public String name() {
        return config.name();
    }

    public String version() {
        return config.version();
    }

    public io.envoyproxy.envoy.config.listener.v3.Listener proto() {
        return config.proto();
    }

    /** True when it came over xDS. */
    public boolean dynamic() {
        return dynamic;
    }

    public Instant updated() {
        return updated;
    }

    /** Names of what it waits for while it warms. */
    public List<String> waitingFor() {
        return targets.waiting().stream().sorted().toList();
    }

    Listeners.Targets targets() {
        return targets;
    }

    void failure(ConfigRejected reason) {
        failure = reason;
    }

    public @Nullable ConfigRejected failure() {
        return failure;
    }
}
