package io.layar.xds;

import com.google.common.collect.Interner;
import com.google.common.collect.Interners;
import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the sessions of one server have in common, so that a thousand like clients cost the memory and the work of one:
 * equal subscriptions are one instance, and the difference of two sets is computed once.
 *
 * <p>Thread: any.
 */
public final class Sharing {
    /** Differences are wanted again within one push only; more of them than this means unlike clients. */
    private static final int MOST_DIFFS = 256;

    private final Interner<Subscription> subscriptions = Interners.newWeakInterner();
    private final Interner<ByteBuffer> buffers = Interners.newWeakInterner();
    private final ConcurrentHashMap<Pair, ResourceDiff> diffs = new ConcurrentHashMap<>();

    private record Pair(ResourceSet previous, ResourceSet next) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Pair that && previous == that.previous && next == that.next;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(previous) * 31 + System.identityHashCode(next);
        }
    }

    /** The same bytes in an instance of their own: what is given may be part of a larger message. */
    public ByteBuffer intern(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        return buffers.intern(ByteBuffer.wrap(copy).asReadOnlyBuffer());
    }

    public Subscription intern(Subscription subscription) {
        return subscriptions.intern(subscription);
    }

    public ResourceDiff between(ResourceSet previous, ResourceSet next) {
        if (previous == next) {
            return ResourceDiff.NONE;
        }
        if (diffs.size() >= MOST_DIFFS) {
            diffs.clear();
        }
        return diffs.computeIfAbsent(new Pair(previous, next), pair -> ResourceDiff.between(previous, next));
    }

    /** Forgets all differences, so that old sets can be freed: call it when a push is over. */
    public void endOfPush() {
        diffs.clear();
    }
}
