package io.layar.base;

import org.jspecify.annotations.Nullable;

/**
 * Something wrong with configuration, as a value: problems are collected and reported together, never thrown.
 *
 * <p>Shape: {@code code} is a short stable word such as {@code unknown-field}; {@code resource} is
 * {@code Kind namespace/name} once known; {@code path} is a field path such as {@code spec.http[0].route[1].weight} or
 * empty; {@code message} says what was found and what was expected.
 */
public record Problem(
        Severity severity,
        String code,
        @Nullable String resource,
        String path,
        SourcePosition position,
        String message) {

    /** How grave a problem is. An error keeps the thing it is about from being used; a warning does not. */
    public enum Severity {
        WARNING,
        ERROR
    }

    public static Problem error(String code, String path, SourcePosition position, String message) {
        return new Problem(Severity.ERROR, code, null, path, position, message);
    }

    public static Problem warning(String code, String path, SourcePosition position, String message) {
        return new Problem(Severity.WARNING, code, null, path, position, message);
    }

    /** The same problem, said of a resource. */
    public Problem of(String owner) {
        return new Problem(severity, code, owner, path, position, message);
    }

    public boolean isError() {
        return severity == Severity.ERROR;
    }

    /** One line for a person: place, severity, resource, field, message. */
    @Override
    public String toString() {
        var text = new StringBuilder();
        if (!position.equals(SourcePosition.NOWHERE)) {
            text.append(position).append(": ");
        }
        text.append(severity == Severity.ERROR ? "error: " : "warning: ");
        if (resource != null) {
            text.append(resource).append(": ");
        }
        if (!path.isEmpty()) {
            text.append(path).append(": ");
        }
        return text.append(message).toString();
    }
}
