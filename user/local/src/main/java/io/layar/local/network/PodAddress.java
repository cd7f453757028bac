package io.layar.local.network;

/**
 * Where a pod lives. In a namespace both addresses are the same; on loopback the mesh's address is the sidecar's, and the
 * application listens on one of its own, so that the sidecar can stand in front of it.
 *
 * @param mesh the pod's address as the mesh knows it ({@code status.podIP})
 * @param application the address that the containers listen on
 */
public record PodAddress(String mesh, String application) {
    static final String LOOPBACK_MESH = "127.66.";
    static final String LOOPBACK_APPLICATION = "127.67.";

    /** The addresses of a pod on loopback that has a sidecar, from the one that the mesh knows. */
    public static PodAddress onLoopback(String mesh) {
        return new PodAddress(mesh, LOOPBACK_APPLICATION + mesh.substring(LOOPBACK_MESH.length()));
    }
}
