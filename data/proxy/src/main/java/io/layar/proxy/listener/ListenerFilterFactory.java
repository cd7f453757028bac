package io.layar.proxy.listener;

/** A listener filter's compiled configuration. Thread: any (immutable). */
public interface ListenerFilterFactory {
    ListenerFilter create();
}
