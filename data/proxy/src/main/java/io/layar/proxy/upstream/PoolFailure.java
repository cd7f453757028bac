package io.layar.proxy.upstream;

import io.layar.proxy.codec.ResetReason;

/** Why a pool gave no stream or connection. */
public enum PoolFailure {
    /** A circuit breaker is open. */
    OVERFLOW(ResetReason.OVERFLOW),
    LOCAL_CONNECTION_FAILURE(ResetReason.LOCAL_CONNECTION_FAILURE),
    REMOTE_CONNECTION_FAILURE(ResetReason.REMOTE_CONNECTION_FAILURE),
    /** connect_timeout passed. */
    TIMEOUT(ResetReason.CONNECTION_TIMEOUT);

    private final ResetReason resetReason;

    PoolFailure(ResetReason resetReason) {
        this.resetReason = resetReason;
    }

    /** The same as a stream's reset. */
    public ResetReason resetReason() {
        return resetReason;
    }
}
