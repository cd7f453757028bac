package io.layar.mesh.kube;

import io.layar.config.ConfigSet;
import io.layar.config.mesh.MeshConfig;
import io.layar.config.mesh.MeshNetworks;
import io.layar.mesh.MeshSettings;

/** All that services and endpoints are made of. */
public record World(ConfigSet configs, MeshConfig mesh, MeshNetworks networks, MeshSettings settings) {}
