package io.layar.proxy.upstream;

/** A stream or connection that was asked for and is not there yet. */
public interface PendingStream {
    /** Wants it no more; no callback is called any more. A connection under way for it is kept where others may use it. */
    void cancel();
}
