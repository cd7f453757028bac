package io.layar.mesh;

/** What the control plane was started with. Shape: {@code domain} is the cluster's domain suffix. */
public record MeshSettings(String clusterId, String domain, String systemNamespace, Features features) {
    public static final MeshSettings DEFAULT =
            new MeshSettings("Kubernetes", "cluster.local", "istio-system", Features.DEFAULT);

    public boolean isOn(Feature feature) {
        return features.isOn(feature);
    }
}
