package io.layar.xds.session;

import io.layar.xds.ResourceSet;
import io.layar.xds.Subscription;
import io.layar.xds.TypeUrl;

/**
 * What one client was sent of one kind and what it said to it, as of now.
 *
 * <p>Shape: an empty string where there was none yet; {@code sent} is what was offered last, {@code good} what was last
 * acknowledged. Thread: any (immutable).
 */
public record WatchStatus(
        TypeUrl type,
        Subscription subscription,
        String nonceSent,
        String nonceAcked,
        String versionSent,
        String versionAcked,
        String lastError,
        ResourceSet sent,
        ResourceSet good) {

    /** The last response is acknowledged. */
    public boolean synced() {
        return !nonceSent.isEmpty() && nonceSent.equals(nonceAcked);
    }

    /** The last response was refused. */
    public boolean refused() {
        return !lastError.isEmpty();
    }
}
