package io.layar.config;

import io.layar.base.Problem;
import io.layar.config.decode.FieldPath;
import io.layar.config.yaml.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The problems of one object under validation: rules name a field by its path, and the position is looked up in the
 * object's text. Thread: one.
 */
public final class Validation {
    private final Value.Obj source;
    private final List<Problem> problems = new ArrayList<>();

    public Validation(Value.Obj source) {
        this.source = source;
    }

    /** The rules of a kind: a resource and the validation to report to. */
    public interface Rules extends BiConsumer<Resource<?>, Validation> {
        /** No rules at all. */
        Rules NONE = (resource, validation) -> {};
    }

    public void error(FieldPath path, String message) {
        problems.add(Problem.error("invalid", path.toString(), path.locate(source), message));
    }

    public void error(FieldPath path, String format, Object... arguments) {
        error(path, format.formatted(arguments));
    }

    /** An error unless {@code complaint} is null. */
    public void require(FieldPath path, @Nullable String complaint) {
        if (complaint != null) {
            error(path, complaint);
        }
    }

    public void warning(FieldPath path, String message) {
        problems.add(Problem.warning("questionable", path.toString(), path.locate(source), message));
    }

    public void warning(FieldPath path, String format, Object... arguments) {
        warning(path, format.formatted(arguments));
    }

    public List<Problem> problems() {
        return problems;
    }
}
