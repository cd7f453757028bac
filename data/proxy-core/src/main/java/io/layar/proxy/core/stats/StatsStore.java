package io.layar.proxy.core.stats;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Every stat of the process, by scope.
 *
 * <p>Shape: a scope's prefix is Envoy's with dots, such as {@code http.ingress_http.}; colons in names are written as {@code _}.
 * Thread: any.
 */
public final class StatsStore {
    private final Map<String, StatsScope> scopes = new ConcurrentHashMap<>();

    /** The scope of {@code prefix}; the same prefix gives the same scope. A missing final dot is added. */
    public StatsScope scope(String prefix) {
        String clean = prefix.replace(':', '_');
        String full = clean.isEmpty() || clean.endsWith(".") ? clean : clean + ".";
        return scopes.computeIfAbsent(full, StatsScope::new);
    }

    /** Forgets a scope, as its cluster or listener is gone. Objects still held go on counting for nobody. */
    public void drop(StatsScope scope) {
        scopes.remove(scope.prefix(), scope);
    }

    public void forEach(Consumer<Object> visitor) {
        scopes.values().forEach(scope -> scope.forEach(visitor));
    }
}
