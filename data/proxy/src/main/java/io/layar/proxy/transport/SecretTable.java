package io.layar.proxy.transport;

import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.Secret;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** The secrets that have come, by source and name. Thread: main loop for writing, any for reading. */
public final class SecretTable implements Secrets {
    private record Key(String source, String name) {}

    private final Map<Key, Secret> secrets = new ConcurrentHashMap<>();
    private final Map<Key, List<WeakReference<Runnable>>> watches = new ConcurrentHashMap<>();
    private @Nullable Subscriber subscriber;

    @Override
    public void put(String source, Secret secret) {
        Key key = new Key(source, secret.getName());
        Secret old = secrets.put(key, secret);
        if (secret.equals(old)) {
            return;
        }
        try {
            tell(key);
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
    public void watch(String source, String name, Runnable onChange) {
        List<WeakReference<Runnable>> list =
                watches.computeIfAbsent(new Key(source, name), k -> new CopyOnWriteArrayList<>());
        list.removeIf(known -> known.get() == null);
        list.add(new WeakReference<>(onChange));
    }

    private void tell(Key key) {
        for (WeakReference<Runnable> watch : watches.getOrDefault(key, List.of())) {
            Runnable task = watch.get();
            if (task != null) {
                task.run();
            }
        }
    }

    /** Every secret that is there. */
    public List<Secret> all(String source) {
        return secrets.entrySet().stream()
                .filter(e -> e.getKey().source.equals(source))
                .map(Map.Entry::getValue)
                .toList();
    }

    /** Sets who fetches dynamic secrets. */
    public void subscriber(Subscriber fetcher) {
        subscriber = fetcher;
    }

    @Nullable
    Subscriber subscriber() {
        return subscriber;
    }
}
