package io.layar.proxy.http;

/** Tells which clusters there are, for route tables that may only name such. Thread: main loop. */
@FunctionalInterface
public interface KnownClusters {
    boolean exists(String cluster);
}
