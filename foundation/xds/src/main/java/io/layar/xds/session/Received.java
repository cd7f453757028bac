package io.layar.xds.session;

import io.layar.xds.TypeUrl;

/** What a request turned out to be. Thread: any (immutable). */
public sealed interface Received {
    TypeUrl type();

    /** The client subscribes, unsubscribes, or both; it may acknowledge by the same request. */
    record Subscribed(TypeUrl type, boolean first, boolean acknowledges) implements Received {}

    /** The client took the last response, and wants nothing else than before. */
    record Acknowledged(TypeUrl type) implements Received {}

    /** The client refused the last response and lives on with what it had. */
    record Refused(TypeUrl type, int code, String error) implements Received {}

    /** The client answers a response that is no longer the last. */
    record Stale(TypeUrl type) implements Received {}
}
