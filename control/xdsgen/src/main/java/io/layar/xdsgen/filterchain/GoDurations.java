package io.layar.xdsgen.filterchain;

import com.google.common.collect.ImmutableMap;
import com.google.protobuf.Duration;
import io.layar.xdsgen.envoy.Protos;
import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Durations as node metadata writes them: {@code 1h30m}, {@code 0.5s}, {@code 100ms}. */
public final class GoDurations {
    private static final Pattern SHAPE = Pattern.compile("(?:\\d+(?:\\.\\d*)?(?:h|ms|m|s|us|µs|ns))+|0");
    private static final Pattern PART = Pattern.compile("(\\d+(?:\\.\\d*)?)(h|ms|m|s|us|µs|ns)");
    private static final ImmutableMap<String, Long> NANOS = ImmutableMap.of(
            "h",
            3_600_000_000_000L,
            "m",
            60_000_000_000L,
            "s",
            1_000_000_000L,
            "ms",
            1_000_000L,
            "us",
            1_000L,
            "µs",
            1_000L,
            "ns",
            1L);

    private GoDurations() {}

    /** Null when empty or of another shape. */
    public static @Nullable Duration parse(String text) {
        if (!SHAPE.matcher(text).matches()) {
            return null;
        }
        BigDecimal nanos = BigDecimal.ZERO;
        Matcher parts = PART.matcher(text);
        while (parts.find()) {
            Long unit = NANOS.get(parts.group(2));
            nanos = nanos.add(new BigDecimal(parts.group(1)).multiply(BigDecimal.valueOf(unit == null ? 1L : unit)));
        }
        return Protos.duration(java.time.Duration.ofNanos(nanos.longValue()));
    }
}
