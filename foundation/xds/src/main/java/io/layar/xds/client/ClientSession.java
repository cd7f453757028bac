package io.layar.xds.client;

import com.google.protobuf.InvalidProtocolBufferException;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.layar.xds.Subscription;
import io.layar.xds.TypeUrl;
import java.util.Optional;

/**
 * The client's side of one stream after another: says what to request, takes responses, and remembers over a reconnection
 * what it has.
 *
 * <p>{@code Q} is the request message, {@code R} the response message. Order: requests come in {@link TypeUrl#WARMING_ORDER}; the
 * first of a stream carries the node. Thread: one at a time (no I/O, no clock).
 */
public sealed interface ClientSession<Q, R> permits SotwClientSession, DeltaClientSession {

    /** A session that has requested nothing yet. */
    static SotwClientSession stateOfTheWorld(Node node) {
        return new SotwClientSession(node);
    }

    /** A session that has requested nothing yet. */
    static DeltaClientSession delta(Node node) {
        return new DeltaClientSession(node);
    }

    /** From now on the client wants this of a kind. */
    void watch(TypeUrl type, Subscription wanted);

    /** The next request to send; empty when all is said. */
    Optional<Q> poll();

    /**
     * What a response says.
     *
     * @throws InvalidProtocolBufferException if a resource has no readable name
     */
    Update read(R response) throws InvalidProtocolBufferException;

    /** Takes the verdict on a response; the answer comes with {@link #poll}. */
    void answer(R response, Update update, Verdict verdict);

    /** The stream is gone; the next requests are for a new one. */
    void disconnected();
}
