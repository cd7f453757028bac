package io.layar.proxy.core.accesslog;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A format string, compiled. Thread: any (immutable). */
public final class TextFormat {
    private final Operator[] parts;
    private final String absent;
    private final @Nullable String constant;

    private TextFormat(List<Operator> parts, boolean omitEmpty) {
        this.parts = parts.toArray(Operator[]::new);
        this.absent = omitEmpty ? "" : "-";
        this.constant = parts.stream().allMatch(Operator.Literal.class::isInstance) ? joined(parts) : null;
    }

    /**
     * Compiles a format; with {@code omitEmpty} a missing value leaves nothing, otherwise a {@code -}.
     *
     * @throws io.layar.proxy.core.config.ConfigRejected for an unknown operator
     */
    public static TextFormat compile(String format, boolean omitEmpty, FormatFacts facts) {
        return new TextFormat(FormatParser.parse(format, facts), omitEmpty);
    }

    private static String joined(List<Operator> literals) {
        StringBuilder all = new StringBuilder();
        literals.forEach(part -> all.append(((Operator.Literal) part).text()));
        return all.toString();
    }

    /** The text when nothing in it depends on a request, else null. */
    public @Nullable String constant() {
        return constant;
    }

    public void write(LogInput in, StringBuilder out) {
        for (Operator part : parts) {
            if (!part.write(in, out)) {
                out.append(absent);
            }
        }
    }

    public String format(LogInput in) {
        if (constant != null) {
            return constant;
        }
        StringBuilder out = new StringBuilder(64);
        write(in, out);
        return out.toString();
    }
}
