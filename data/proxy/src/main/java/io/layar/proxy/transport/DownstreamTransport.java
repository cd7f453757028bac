package io.layar.proxy.transport;

import io.netty.channel.Channel;

/**
 * How a downstream connection's bytes travel: TLS, or another layer below the filters. Raw connections have none.
 *
 * <p>Thread: any (immutable); {@code install} on the channel's loop. It puts its handlers first in the pipeline and fires one {@link TransportEvent}.
 */
public interface DownstreamTransport {
    /** False while a secret that it needs has not come: connections are closed. */
    boolean ready();

    void install(Channel channel);
}
