package io.layar.proxy.upstream;

/** What a probe tells its session. Thread: main loop. */
interface ProbeResult {
    void onHealthy(boolean degraded, boolean immediateFail);

    void onUnhealthy(boolean retriable);

    /** The connection could not be made, or ended before the answer. */
    void onBroken();
}
