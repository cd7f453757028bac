package io.layar.mesh.service;

/** Where a service was declared. */
public enum Registry {
    KUBERNETES("Kubernetes"),
    EXTERNAL("External");

    private final String id;

    Registry(String id) {
        this.id = id;
    }

    public String id() {
        return id;
    }
}
