package io.layar.config.decode;

import com.google.re2j.Pattern;
import io.layar.config.yaml.Value;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The limits of a field and of its elements, checked where the field is read. Thread: any (immutable). */
record FieldLimits(
        boolean required, @Nullable Bounds whole, @Nullable Bounds element) {

    /** {@link Limits} or {@link Elements} ready to be applied. */
    record Bounds(
            int minSize,
            int maxSize,
            long min,
            long max,
            @Nullable Pattern pattern,
            boolean atLeastOneMillisecond) {
        static @Nullable Bounds of(@Nullable Limits limits) {
            if (limits == null) {
                return null;
            }
            var pattern = limits.pattern().isEmpty() ? null : Pattern.compile(limits.pattern());
            return new Bounds(
                    limits.minSize(),
                    limits.maxSize(),
                    limits.min(),
                    limits.max(),
                    pattern,
                    limits.atLeastOneMillisecond());
        }

        static @Nullable Bounds of(@Nullable Elements limits) {
            return limits == null
                    ? null
                    : new Bounds(limits.minSize(), limits.maxSize(), limits.min(), limits.max(), null, false);
        }

        void check(Decoding decoding, Object content, Value value, FieldPath path) {
            var complaint = switch (content) {
                case String text -> text(text);
                case Integer number -> number(Integer.toUnsignedLong(number));
                case Double number -> number(number);
                case Duration duration -> duration(duration);
                case Collection<?> list -> size(list.size(), "elements");
                case Map<?, ?> map -> size(map.size(), "entries");
                default -> null;
            };
            if (complaint != null) {
                decoding.wrong("out-of-limits", value, path, complaint);
            }
        }

        private @Nullable String text(String text) {
            if (pattern != null && !pattern.matcher(text).find()) {
                return "\"%s\" (expected: text like %s)".formatted(text, pattern.pattern());
            }
            return size(text.codePointCount(0, text.length()), "characters");
        }

        private @Nullable String size(int size, String what) {
            if (size < minSize) {
                return minSize == 1
                        ? "empty (expected: something)"
                        : "%d %s (expected: at least %d)".formatted(size, what, minSize);
            }
            return size > maxSize ? "%d %s (expected: at most %d)".formatted(size, what, maxSize) : null;
        }

        private @Nullable String number(double number) {
            if (number >= min && number <= max) {
                return null;
            }
            var shown = number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
            if (min == Long.MIN_VALUE) {
                return "%s (expected: at most %d)".formatted(shown, max);
            }
            return max == Long.MAX_VALUE
                    ? "%s (expected: at least %d)".formatted(shown, min)
                    : "%s (expected: %d..%d)".formatted(shown, min, max);
        }

        private @Nullable String duration(Duration duration) {
            return atLeastOneMillisecond && duration.toNanos() < 1_000_000
                    ? "%s (expected: at least 1ms)".formatted(duration)
                    : null;
        }
    }

    static FieldLimits of(RecordComponent component) {
        return new FieldLimits(
                component.isAnnotationPresent(Required.class),
                Bounds.of(component.getAnnotation(Limits.class)),
                Bounds.of(component.getAnnotation(Elements.class)));
    }

    void check(Decoding decoding, Object content, Value value, FieldPath path) {
        if (whole != null) {
            whole.check(decoding, content, value, path);
        }
        if (element == null) {
            return;
        }
        if (value instanceof Value.Arr(var items, var _) && content instanceof Collection<?> list) {
            int i = 0;
            for (var item : list) {
                if (list.size() == items.size()) {
                    element.check(decoding, item, items.get(i), path.index(i));
                }
                i++;
            }
        }
        if (value instanceof Value.Obj object && content instanceof Map<?, ?> map) {
            map.forEach((key, item) ->
                    element.check(decoding, item, object.fields().getOrDefault(key, object), path.key(key.toString())));
        }
    }
}
