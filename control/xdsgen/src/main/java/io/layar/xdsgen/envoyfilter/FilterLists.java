package io.layar.xdsgen.envoyfilter;

import com.google.protobuf.Message;
import io.layar.config.networking.EnvoyFilter.Patch.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Additions to, replacements in and removals from a list of filters. */
final class FilterLists {
    private FilterLists() {}

    /**
     * Applies one patch that is no merge.
     *
     * @param named whether the patch names a filter; without a name it may only add at the ends
     * @param isNamed whether a filter is that one
     */
    static <F extends Message> void apply(
            List<F> filters, Operation operation, F value, boolean named, Predicate<F> isNamed) {
        switch (operation) {
            case ADD -> filters.add(value);
            case INSERT_FIRST -> filters.addFirst(value);
            case INSERT_AFTER -> {
                int at = named ? index(filters, isNamed) : filters.size() - 1;
                if (!named || at >= 0) {
                    filters.add(at + 1, value);
                }
            }
            case INSERT_BEFORE -> {
                int at = named ? index(filters, isNamed) : 0;
                if (at >= 0) {
                    filters.add(at, value);
                }
            }
            case REPLACE -> {
                int at = named ? index(filters, isNamed) : -1;
                if (at >= 0) {
                    filters.set(at, value);
                }
            }
            case REMOVE, MERGE, MERGE_AND_REPLACE_LIST, INVALID -> {}
        }
    }

    /** Removes every filter that the patch names. */
    static <F> void remove(List<F> filters, boolean named, Predicate<F> isNamed) {
        if (named) {
            filters.removeIf(isNamed);
        }
    }

    private static <F> int index(List<F> filters, Predicate<F> isNamed) {
        for (int i = 0; i < filters.size(); i++) {
            if (isNamed.test(filters.get(i))) {
                return i;
            }
        }
        return -1;
    }

    static <F> List<F> copy(List<F> filters) {
        return new ArrayList<>(filters);
    }
}
