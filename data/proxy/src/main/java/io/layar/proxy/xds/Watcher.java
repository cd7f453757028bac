package io.layar.proxy.xds;

import com.google.protobuf.Message;

/** Waits for one named resource, and for each newer one of that name. Thread: main loop. */
public interface Watcher<M extends Message> {
    /**
     * The resource has come or changed; it has passed the rules of its proto file.
     *
     * <p>Errors: {@link io.layar.proxy.core.config.ConfigRejected} refuses it: the control plane is told, the old one stays in use.
     */
    void arrived(M resource, String version);

    /** The control plane says that there is no such resource. */
    default void removed() {}

    /** It has not come within the time that its source allows; it may still come. */
    default void timedOut() {}
}
