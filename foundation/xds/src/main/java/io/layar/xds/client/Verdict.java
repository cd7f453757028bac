package io.layar.xds.client;

import com.google.common.collect.ImmutableSet;

/**
 * Whether an update was taken.
 *
 * <p>Shape: {@code refused} names the resources that were not; the others live. {@code error} is what the server is told, empty
 * when all is well.
 */
public record Verdict(ImmutableSet<String> refused, String error) {
    public static final Verdict ACCEPTED = new Verdict(ImmutableSet.of(), "");

    public boolean accepted() {
        return error.isEmpty();
    }
}
