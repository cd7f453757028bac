package io.layar.config.networking;

import org.jspecify.annotations.Nullable;

/** What happens to traffic for destinations that the mesh does not know. */
public record OutboundTrafficPolicy(Mode mode, @Nullable Destination egressProxy) {
    /** The values of {@code Mode} in {@link OutboundTrafficPolicy}. */
    public enum Mode {
        REGISTRY_ONLY,
        ALLOW_ANY
    }
}
