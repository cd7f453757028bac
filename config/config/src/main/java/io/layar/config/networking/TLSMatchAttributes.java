package io.layar.config.networking;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.layar.config.decode.Records;
import io.layar.config.decode.Required;
import io.layar.config.decode.Unsigned;

/** Conditions on a TLS connection; all of them must hold. */
public record TLSMatchAttributes(
        @Required ImmutableList<String> sniHosts,
        ImmutableList<String> destinationSubnets,
        @Unsigned int port,
        ImmutableMap<String, String> sourceLabels,
        ImmutableList<String> gateways,
        String sourceNamespace) {
    public TLSMatchAttributes withSniHosts(ImmutableList<String> sniHosts) {
        return Records.with(this, "sniHosts", sniHosts);
    }

    public TLSMatchAttributes withDestinationSubnets(ImmutableList<String> destinationSubnets) {
        return Records.with(this, "destinationSubnets", destinationSubnets);
    }

    public TLSMatchAttributes withPort(int port) {
        return Records.with(this, "port", port);
    }

    public TLSMatchAttributes withSourceLabels(ImmutableMap<String, String> sourceLabels) {
        return Records.with(this, "sourceLabels", sourceLabels);
    }

    public TLSMatchAttributes withGateways(ImmutableList<String> gateways) {
        return Records.with(this, "gateways", gateways);
    }

    public TLSMatchAttributes withSourceNamespace(String sourceNamespace) {
        return Records.with(this, "sourceNamespace", sourceNamespace);
    }
}
