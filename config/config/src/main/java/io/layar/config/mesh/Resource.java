package io.layar.config.mesh;

/** Kinds of data that a configuration source can deliver. */
public enum Resource {
    SERVICE_REGISTRY
}
