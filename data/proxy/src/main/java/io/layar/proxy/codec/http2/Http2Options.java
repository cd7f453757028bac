package io.layar.proxy.codec.http2;

/**
 * Limits of one side of HTTP/2 connections. Units: bytes, frames. Defaults: {@link #DEFAULT}.
 * Source: envoy.config.core.v3.Http2ProtocolOptions and the connection manager's header limits.
 *
 * @param streamWindow how much a peer may send on a stream before we take it
 * @param connectionWindow the same for all streams together
 * @param maxConcurrentStreams streams a client may have open
 * @param headerTableSize for either direction's dynamic table
 * @param maxHeaderBytes of one message's headers, names and values
 * @param maxHeaderCount lines of one message's headers
 * @param sendBuffer a stream with more than this waiting to be sent is not writable
 * @param allowConnect extended CONNECT (RFC 8441) is offered
 * @param streamErrorOnInvalidMessage a malformed message ends its stream only, not the connection
 * @param maxControlFrames answers (PING, SETTINGS, RST_STREAM) that may wait to be sent
 * @param maxEmptyFrames frames without payload or end in a row
 * @param maxPriorityFramesPerStream PRIORITY frames for each stream ever opened
 * @param maxWindowUpdatesPerDataFrame WINDOW_UPDATE frames for each DATA frame that we sent
 */
public record Http2Options(
        int streamWindow,
        int connectionWindow,
        int maxConcurrentStreams,
        int headerTableSize,
        int maxHeaderBytes,
        int maxHeaderCount,
        int sendBuffer,
        boolean allowConnect,
        boolean streamErrorOnInvalidMessage,
        int maxControlFrames,
        int maxEmptyFrames,
        int maxPriorityFramesPerStream,
        int maxWindowUpdatesPerDataFrame) {
    /** Smaller windows than Envoy's 16 MiB: what a paused stream may still be sent has to fit a small heap. */
    public static final Http2Options DEFAULT =
            new Http2Options(1 << 20, 16 << 20, 1024, 4096, 60 * 1024, 100, 1 << 20, false, false, 1000, 1, 100, 10);
}
