package io.layar.xdsgen;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Results of a pure function by its exact inputs.
 *
 * <p>Thread: any. A memo belongs to one snapshot or is cleared by its owner; it never evicts on its own. In paranoid mode
 * every hit is computed again and compared.
 */
public final class Memo<K, V> {
    private final Function<K, V> function;
    private final boolean paranoid;
    private final Map<K, V> results = new ConcurrentHashMap<>();

    private Memo(Function<K, V> function, boolean paranoid) {
        this.function = function;
        this.paranoid = paranoid;
    }

    public static <K, V> Memo<K, V> of(Function<K, V> function) {
        return new Memo<>(function, false);
    }

    /** A memo that distrusts its keys. */
    public static <K, V> Memo<K, V> paranoid(Function<K, V> function) {
        return new Memo<>(function, true);
    }

    /**
     * The result for {@code inputs}.
     *
     * @throws IllegalStateException in paranoid mode, when the same inputs give another result
     */
    public V get(K inputs) {
        V known = results.get(inputs);
        if (known == null) {
            V made = function.apply(inputs);
            V earlier = results.putIfAbsent(inputs, made);
            return earlier == null ? made : earlier;
        }
        if (paranoid) {
            V again = function.apply(inputs);
            if (!again.equals(known)) {
                throw new IllegalStateException("memo: " + again + " (expected: " + known + ") for " + inputs);
            }
        }
        return known;
    }

    public int size() {
        return results.size();
    }
}
