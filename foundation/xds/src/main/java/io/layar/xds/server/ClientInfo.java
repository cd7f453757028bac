package io.layar.xds.server;

import com.google.common.collect.ImmutableList;
import io.envoyproxy.envoy.config.core.v3.Node;
import java.time.Instant;

/**
 * Who is at the other end of a stream.
 *
 * <p>Shape: {@code connectionId} is unique in this server and begins with the node's id; {@code principals} are the names of
 * the client's verified certificate, empty without one.
 */
public record ClientInfo(
        String connectionId,
        Node node,
        String peer,
        ImmutableList<String> principals,
        Instant connectedAt,
        boolean delta) {}
