package io.layar.config;

import io.layar.base.SourcePosition;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An object of a known kind.
 *
 * <p>Shape: {@code apiVersion} as written; {@code status} only for kinds that declare a status record of their own.
 * Equality: the content; the position does not count, so an object that only moved in its file is equal to itself.
 * Thread: any (immutable).
 */
public record Resource<S extends Record>(
        Kind<S> kind,
        String apiVersion,
        Metadata metadata,
        S spec,
        @Nullable Record status,
        SourcePosition position) {

    public ResourceKey key() {
        return new ResourceKey(kind, metadata.namespace(), metadata.name());
    }

    public String name() {
        return metadata.name();
    }

    public String namespace() {
        return metadata.namespace();
    }

    /** The status as {@code type}, or null if there is none. */
    public <T extends Record> @Nullable T status(Class<T> type) {
        return type.isInstance(status) ? type.cast(status) : null;
    }

    /** This resource seen as one of {@code wanted}; the kinds must be equal. */
    @SuppressWarnings("unchecked") // a Kind has one record type, and kinds are equal by group and name
    public <T extends Record> Resource<T> as(Kind<T> wanted) {
        if (!kind.equals(wanted)) {
            throw new IllegalArgumentException(kind + " (expected: " + wanted + ")");
        }
        return (Resource<T>) this;
    }

    public Resource<S> withMetadata(Metadata other) {
        return new Resource<>(kind, apiVersion, other, spec, status, position);
    }

    public Resource<S> withSpec(S other) {
        return new Resource<>(kind, apiVersion, metadata, other, status, position);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Resource<?> that
                && kind.equals(that.kind)
                && apiVersion.equals(that.apiVersion)
                && metadata.equals(that.metadata)
                && spec.equals(that.spec)
                && Objects.equals(status, that.status);
    }

    @Override
    public int hashCode() {
        return Objects.hash(kind, metadata.namespace(), metadata.name(), spec);
    }

    @Override
    public String toString() {
        return key().toString();
    }
}
