package io.layar.config.networking;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.layar.config.decode.Unsigned;

/** Conditions on a connection; all of them must hold. */
public record L4MatchAttributes(
        ImmutableList<String> destinationSubnets,
        @Unsigned int port,
        String sourceSubnet,
        ImmutableMap<String, String> sourceLabels,
        ImmutableList<String> gateways,
        String sourceNamespace) {}
