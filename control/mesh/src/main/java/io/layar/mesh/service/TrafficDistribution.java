package io.layar.mesh.service;

/** Which endpoints a service's clients prefer. */
public enum TrafficDistribution {
    ANY,
    PREFER_SAME_ZONE,
    PREFER_SAME_NODE
}
