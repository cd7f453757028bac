package io.layar.xdsgen.cluster;

import com.google.common.collect.ImmutableList;
import io.layar.mesh.policy.MutualTlsMode;

/** What is known of a cluster's servers when TLS is chosen. Shape: {@code sni} is the name for mutual TLS in the mesh. */
record TlsTarget(
        ImmutableList<String> serviceAccounts,
        String sni,
        boolean meshExternal,
        boolean externalRegistry,
        boolean ruleHasSelector,
        MutualTlsMode mode) {
    /** Nothing is known. */
    static final TlsTarget UNKNOWN = new TlsTarget(ImmutableList.of(), "", false, false, false, MutualTlsMode.UNKNOWN);
}
