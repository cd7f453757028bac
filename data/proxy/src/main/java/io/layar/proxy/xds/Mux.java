package io.layar.proxy.xds;

import com.google.common.collect.ImmutableSet;
import com.google.protobuf.Message;
import io.layar.proxy.core.config.ConfigRejected;
import io.layar.xds.Subscription;
import io.layar.xds.TypeUrl;
import io.layar.xds.client.Update;
import io.layar.xds.client.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Spreads what one source of configuration says to those who wait for it, and gathers what they want.
 *
 * <p>Shape: a kind is either taken whole (clusters, listeners) or by names. Thread: main loop.
 */
final class Mux {
    private final ResourceTypes types;
    private final BiConsumer<TypeUrl, Subscription> wanted;
    private final Map<TypeUrl, Function<Update, Verdict>> whole = new LinkedHashMap<>();
    private final Map<TypeUrl, Map<String, Named>> named = new LinkedHashMap<>();

    private static final class Named {
        private final Set<Watcher<Message>> watchers = new LinkedHashSet<>();
        private @Nullable Message last;
        private String version = "";
    }

    /** @param wanted is told what is wanted of a kind whenever that changes */
    Mux(ResourceTypes types, BiConsumer<TypeUrl, Subscription> wanted) {
        this.types = types;
        this.wanted = wanted;
    }

    /** Takes everything of a kind from now on. */
    void takeAll(TypeUrl type, Function<Update, Verdict> taker) {
        whole.put(type, taker);
        wanted.accept(type, Subscription.EVERYTHING);
    }

    /** Begins to wait for a name; what is there already arrives at once. The returned task ends it. */
    Runnable watch(TypeUrl type, String name, Watcher<Message> watcher) {
        Map<String, Named> names = named.computeIfAbsent(type, ignored -> new LinkedHashMap<>());
        Named one = names.get(name);
        if (one == null) {
            one = new Named();
            names.put(name, one);
            one.watchers.add(watcher);
            tellWanted(type);
        } else {
            one.watchers.add(watcher);
        }
        Message last = one.last;
        if (last != null) {
            try {
                watcher.arrived(last, one.version);
            } catch (ConfigRejected e) {
                leave(type, name, watcher);
                throw e;
            }
        }
        return () -> leave(type, name, watcher);
    }

    private void leave(TypeUrl type, String name, Watcher<Message> watcher) {
        Map<String, Named> names = named.getOrDefault(type, Map.of());
        Named one = names.get(name);
        if (one != null && one.watchers.remove(watcher) && one.watchers.isEmpty()) {
            names.remove(name);
            tellWanted(type);
        }
    }

    private void tellWanted(TypeUrl type) {
        wanted.accept(
                type,
                new Subscription(
                        false,
                        ImmutableSet.copyOf(named.getOrDefault(type, Map.of()).keySet())));
    }

    /** Whether this name has come. */
    boolean has(TypeUrl type, String name) {
        Named one = named.getOrDefault(type, Map.of()).get(name);
        return one != null && one.last != null;
    }

    /** The version of a named resource that is in use; empty if none is. */
    String version(TypeUrl type, String name) {
        Named one = named.getOrDefault(type, Map.of()).get(name);
        return one == null ? "" : one.version;
    }

    /** Hands an update on; says what of it was refused. */
    Verdict update(Update update) {
        Function<Update, Verdict> taker = whole.get(update.type());
        if (taker != null) {
            return taker.apply(update);
        }
        Map<String, Named> names = named.getOrDefault(update.type(), Map.of());
        ImmutableSet.Builder<String> refused = ImmutableSet.builder();
        List<String> errors = new ArrayList<>();
        for (Update.Item item : update.resources()) {
            Named one = names.get(item.name());
            if (one == null) {
                continue;
            }
            try {
                arrive(one, types.parse(update.type(), item.body()), item.version());
            } catch (ConfigRejected e) {
                refused.add(item.name());
                errors.add(item.name() + ": " + e.getMessage());
            }
        }
        for (String name : update.removed()) {
            Named one = names.get(name);
            if (one != null) {
                one.last = null;
                List.copyOf(one.watchers).forEach(Watcher::removed);
            }
        }
        return errors.isEmpty() ? Verdict.ACCEPTED : new Verdict(refused.build(), String.join(", ", errors));
    }

    private static void arrive(Named one, Message message, String version) {
        Message before = one.last;
        if (message.equals(before)) {
            one.version = version;
            List.copyOf(one.watchers).forEach(watcher -> watcher.arrived(message, version));
            return;
        }
        for (Watcher<Message> watcher : List.copyOf(one.watchers)) {
            watcher.arrived(message, version);
        }
        one.last = message;
        one.version = version;
    }
}
