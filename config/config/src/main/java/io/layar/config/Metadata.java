package io.layar.config;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The metadata of an object.
 *
 * <p>Shape: {@code namespace} is empty for objects of the whole cluster; text fields that were not given are empty.
 */
public record Metadata(
        String name,
        String namespace,
        String generateName,
        String uid,
        String resourceVersion,
        long generation,
        @Nullable Instant creationTimestamp,
        @Nullable Instant deletionTimestamp,
        ImmutableMap<String, String> labels,
        ImmutableMap<String, String> annotations,
        ImmutableList<OwnerReference> ownerReferences,
        ImmutableList<String> finalizers) {

    /** The object that this one belongs to. */
    public record OwnerReference(
            String apiVersion,
            String kind,
            String name,
            String uid,
            @Nullable Boolean controller,
            @Nullable Boolean blockOwnerDeletion) {}

    /** Metadata of an object that has but a name and a namespace. */
    public static Metadata of(String namespace, String name) {
        return new Metadata(
                name,
                namespace,
                "",
                "",
                "",
                0,
                null,
                null,
                ImmutableMap.of(),
                ImmutableMap.of(),
                ImmutableList.of(),
                ImmutableList.of());
    }

    public Metadata inNamespace(String other) {
        return new Metadata(
                name,
                other,
                generateName,
                uid,
                resourceVersion,
                generation,
                creationTimestamp,
                deletionTimestamp,
                labels,
                annotations,
                ownerReferences,
                finalizers);
    }

    public Metadata withLabels(ImmutableMap<String, String> others) {
        return new Metadata(
                name,
                namespace,
                generateName,
                uid,
                resourceVersion,
                generation,
                creationTimestamp,
                deletionTimestamp,
                others,
                annotations,
                ownerReferences,
                finalizers);
    }
}
