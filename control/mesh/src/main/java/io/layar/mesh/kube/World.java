package io.layar.mesh.kube;

import io.layar.config.ConfigSet;
import io.layar.config.mesh.MeshConfig;
import io.layar.config.mesh.MeshNetworks;
import io.layar.mesh.MeshSettings;
import org.jspecify.annotations.Nullable;

/** All that services and endpoints are made of. Thread: any (its index is made when it is first asked for). */
public final class World {
    private final ConfigSet configs;
    private final MeshConfig mesh;
    private final MeshNetworks networks;
    private final MeshSettings settings;
    private volatile @Nullable Cluster cluster;

    public World(ConfigSet configs, MeshConfig mesh, MeshNetworks networks, MeshSettings settings) {
        this.configs = configs;
        this.mesh = mesh;
        this.networks = networks;
        this.settings = settings;
    }

    public ConfigSet configs() {
        return configs;
    }

    public MeshConfig mesh() {
        return mesh;
    }

    public MeshNetworks networks() {
        return networks;
    }

    public MeshSettings settings() {
        return settings;
    }

    /** The Kubernetes objects by what they are looked up with. */
    Cluster cluster() {
        Cluster known = cluster;
        if (known == null) {
            // Two threads may make it at once: equal ones, and the loser's is thrown away.
            known = new Cluster(this);
            cluster = known;
        }
        return known;
    }
}
