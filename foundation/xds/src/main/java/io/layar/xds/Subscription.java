package io.layar.xds;

import com.google.common.collect.ImmutableSet;

/**
 * What a client wants of one kind: everything there is for it, and these names in any case.
 *
 * <p>Order: names as the client gave them. Thread: any (immutable).
 */
public record Subscription(boolean wildcard, ImmutableSet<String> names) {
    public static final Subscription NOTHING = new Subscription(false, ImmutableSet.of());
    public static final Subscription EVERYTHING = new Subscription(true, ImmutableSet.of());

    public static Subscription named(String... names) {
        return new Subscription(false, ImmutableSet.copyOf(names));
    }

    public boolean isEmpty() {
        return !wildcard && names.isEmpty();
    }
}
