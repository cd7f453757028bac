package io.layar.proxy.network;

/**
 * What a listener waits for before it takes connections: routes, secrets, extension configurations that come over xDS.
 *
 * <p>Thread: main loop.
 */
public interface InitTargets {
    /** Adds something to wait for. The returned task is run once, when it has arrived (or was given up). */
    Runnable waitFor(String name);
}
