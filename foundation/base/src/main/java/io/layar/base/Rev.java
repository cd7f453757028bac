package io.layar.base;

/**
 * A large value with the key and revision that stand for it in comparisons.
 *
 * <p>Shape: equality and hash are those of key and revision; whoever makes a {@code Rev} gives every new content of a key
 * a revision that this key never had. Thread: any, if {@code T} is immutable.
 */
public record Rev<T>(Object key, long revision, T value) {
    @Override
    public boolean equals(Object other) {
        return other instanceof Rev<?> that && revision == that.revision && key.equals(that.key);
    }

    @Override
    public int hashCode() {
        return 31 * key.hashCode() + Long.hashCode(revision);
    }

    @Override
    public String toString() {
        return key + "@" + revision;
    }
}
