package io.layar.mesh.routing;

import io.layar.config.Resource;
import java.time.Instant;
import java.util.Comparator;

/** Configuration objects from the oldest to the newest; of the same age by name, then namespace. */
public final class CreationOrder {
    public static final Comparator<Resource<?>> OLDEST_FIRST = Comparator.<Resource<?>, Instant>comparing(
                    CreationOrder::created)
            .thenComparing(Resource::name)
            .thenComparing(Resource::namespace);

    private CreationOrder() {}

    private static Instant created(Resource<?> resource) {
        Instant created = resource.metadata().creationTimestamp();
        return created == null ? Instant.MIN : created;
    }
}
