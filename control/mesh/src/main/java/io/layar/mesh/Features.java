package io.layar.mesh;

import com.google.common.collect.ImmutableSortedMap;
import java.util.Locale;
import java.util.Map;

/** The control plane's environment variables, read once at the start. Thread: any (immutable). */
public record Features(ImmutableSortedMap<String, String> environment) {
    public static final Features DEFAULT = new Features(ImmutableSortedMap.of());

    public static Features of(Map<String, String> environment) {
        return new Features(ImmutableSortedMap.copyOf(environment));
    }

    public boolean isOn(Feature feature) {
        Feature needs = feature.needs();
        if (needs != null && !isOn(needs)) {
            return false;
        }
        String value = environment.get(feature.variable());
        return value == null
                ? feature.byDefault()
                : switch (value.toLowerCase(Locale.ROOT)) {
                    case "true", "t", "1" -> true;
                    case "false", "f", "0" -> false;
                    default -> feature.byDefault();
                };
    }

    /** The text of a variable. */
    public String text(String variable, String byDefault) {
        String value = environment.get(variable);
        return value == null ? byDefault : value;
    }
}
