package io.layar.proxy.core.stats;

/** A name in two parts, so that the thousands of stats of a cluster share its prefix. Shape: {@code prefix} ends with a dot or is empty. */
public record StatName(String prefix, String leaf) {
    @Override
    public String toString() {
        return prefix.concat(leaf);
    }
}
