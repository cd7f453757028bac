package io.layar.config.kubernetes;

import org.jspecify.annotations.Nullable;

/** A port by number or by name: exactly one of the two is set. */
public record IntOrString(
        @Nullable Integer number, @Nullable String name) {
    public static IntOrString of(int number) {
        return new IntOrString(number, null);
    }

    public static IntOrString of(String name) {
        return new IntOrString(null, name);
    }

    @Override
    public String toString() {
        return number != null ? number.toString() : String.valueOf(name);
    }
}
