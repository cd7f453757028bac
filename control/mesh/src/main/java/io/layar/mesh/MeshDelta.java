package io.layar.mesh;

import io.layar.config.ConfigDelta;
import io.layar.config.mesh.MeshConfig;
import io.layar.config.mesh.MeshNetworks;
import org.jspecify.annotations.Nullable;

/** What changed in the mesh. Shape: {@code mesh} and {@code networks} are null when they stayed as they were. */
public record MeshDelta(
        ConfigDelta config,
        @Nullable MeshConfig mesh,
        @Nullable MeshNetworks networks) {
    public static MeshDelta of(ConfigDelta config) {
        return new MeshDelta(config, null, null);
    }

    public boolean isEmpty() {
        return config.isEmpty() && mesh == null && networks == null;
    }
}
