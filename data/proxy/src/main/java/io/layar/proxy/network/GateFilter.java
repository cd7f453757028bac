package io.layar.proxy.network;

import io.netty.buffer.ByteBuf;

/** A filter that decides whether a connection and its bytes go on: RBAC, rate limits, connection limits. */
public non-sealed interface GateFilter extends NetworkFilter {
    /** What a gate says. After {@code STOP} it either closed the connection or calls {@link DownstreamConnection#continueReading()} later. */
    enum Verdict {
        CONTINUE,
        STOP
    }

    /** The connection is ready (after the TLS handshake, where there is one). */
    default Verdict onNewConnection() {
        return Verdict.CONTINUE;
    }

    /** Bytes on their way to the terminal filter. Only looks: does not consume, does not move the reader index. */
    default Verdict onData(ByteBuf data, boolean endStream) {
        return Verdict.CONTINUE;
    }
}
