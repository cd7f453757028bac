package io.layar.proxy.transport;

import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.Secret;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** The secrets that have come, by source and name. Thread: main loop for writing, any for reading. */
public final class SecretTable implements Secrets {
    private record Key(String source, String name) {}

    private final Map<Key, Secret> secrets = new ConcurrentHashMap<>();
    private final Map<Key, List<Runnable>> watches = new ConcurrentHashMap<>();
    private @Nullable Subscriber subscriber;

    @Override
    public void put(String source, Secret secret) {
        Key key = new Key(source, secret.getName());
        Secret old = secrets.put(key, secret);
        if (secret.equals(old)) {
            return;
        }
        try {
            watches.getOrDefault(key, List.of()).forEach(Runnable::run);
        } catch (RuntimeException e) {
            if (old == null) {
                secrets.remove(key);
            } else {
                secrets.put(key, old);
            }
            throw e;
        }
    }

    @Override
    public void remove(String source, String name) {
        secrets.remove(new Key(source, name));
    }

    @Override
    public @Nullable Secret find(String source, String name) {
        return secrets.get(new Key(source, name));
    }

    @Override
    public Runnable watch(String source, String name, Runnable onChange) {
        List<Runnable> list = watches.computeIfAbsent(new Key(source, name), k -> new CopyOnWriteArrayList<>());
        list.add(onChange);
        return () -> list.remove(onChange);
    }

    /** Every secret that is there. */
    public List<Secret> all(String source) {
        return secrets.entrySet().stream().filter(e -> e.getKey().source.equals(source)).map(Map.Entry::getValue).toList();
    }

    /** Sets who fetches dynamic secrets. */
    public void subscriber(Subscriber fetcher) {
        subscriber = fetcher;
    }

    @Nullable Subscriber subscriber() {
        return subscriber;
    }
}
