package io.layar.config.mesh;

import com.google.common.collect.ImmutableMap;

/** The networks of the mesh by name. */
public record MeshNetworks(ImmutableMap<String, Network> networks) {}
