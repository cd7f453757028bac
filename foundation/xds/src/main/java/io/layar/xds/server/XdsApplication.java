package io.layar.xds.server;

import io.layar.xds.Subscription;
import io.layar.xds.TypeUrl;
import io.layar.xds.session.Received;
import io.layar.xds.session.Sent;

/** What the server serves: it knows the meaning of resources, the server only their transport. Thread: any. */
public interface XdsApplication {

    /**
     * A client introduced itself.
     *
     * <p>Errors: an {@link io.grpc.StatusRuntimeException} ends the stream with that status.
     */
    Client accept(ClientInfo info);

    /** One client. Thread: one call at a time, on any thread. */
    interface Client {
        /** What the client should have of this kind now. Like clients should get the same instance. */
        Offer resources(TypeUrl type, Subscription subscription);

        /** The client's turn in a push has come, this long after it was told. */
        default void turn(long waitedNanos) {}

        /** A request arrived. */
        default void received(Received received) {}

        /** A response was handed to the transport; {@code nanos} is what it took to make it. */
        default void sent(Sent<?> sent, long nanos) {}

        /** All that is due was handed to the transport, after a push or a request. */
        default void settled() {}

        /** The stream has ended. */
        void closed();
    }
}
