package io.layar.config.networking;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.layar.config.decode.Unsigned;

/** Conditions on a TLS connection; all of them must hold. */
public record TLSMatchAttributes(
        ImmutableList<String> sniHosts,
        ImmutableList<String> destinationSubnets,
        @Unsigned int port,
        ImmutableMap<String, String> sourceLabels,
        ImmutableList<String> gateways,
        String sourceNamespace) {}
