package io.layar.proxy.core.outlier;

/** What outlier detection remembers of one host; workers report what they see here. Thread: any. */
public interface HostOutlierState {
    /** An answer with this status came from the host (or stands for one: 504 for a timeout, 503 for a reset). */
    void onResponse(int status);

    void onResult(OutlierResult result);
}
