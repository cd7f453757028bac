package io.layar.config.networking;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.layar.config.decode.Records;
import io.layar.config.decode.Unsigned;

/** Conditions on a connection; all of them must hold. */
public record L4MatchAttributes(
        ImmutableList<String> destinationSubnets,
        @Unsigned int port,
        String sourceSubnet,
        ImmutableMap<String, String> sourceLabels,
        ImmutableList<String> gateways,
        String sourceNamespace) {
    public L4MatchAttributes withDestinationSubnets(ImmutableList<String> destinationSubnets) {
        return Records.with(this, "destinationSubnets", destinationSubnets);
    }

    public L4MatchAttributes withPort(int port) {
        return Records.with(this, "port", port);
    }

    public L4MatchAttributes withSourceSubnet(String sourceSubnet) {
        return Records.with(this, "sourceSubnet", sourceSubnet);
    }

    public L4MatchAttributes withSourceLabels(ImmutableMap<String, String> sourceLabels) {
        return Records.with(this, "sourceLabels", sourceLabels);
    }

    public L4MatchAttributes withGateways(ImmutableList<String> gateways) {
        return Records.with(this, "gateways", gateways);
    }

    public L4MatchAttributes withSourceNamespace(String sourceNamespace) {
        return Records.with(this, "sourceNamespace", sourceNamespace);
    }
}
