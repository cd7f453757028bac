package io.layar.config.security;

import com.google.common.collect.ImmutableList;
import io.layar.config.decode.Elements;
import io.layar.config.decode.Limits;

/** The peer of a request; all fields given must match, one value of each suffices. */
public record Source(
        ImmutableList<String> principals,
        ImmutableList<String> notPrincipals,
        ImmutableList<String> requestPrincipals,
        ImmutableList<String> notRequestPrincipals,
        ImmutableList<String> namespaces,
        ImmutableList<String> notNamespaces,
        @Limits(maxSize = 16) @Elements(maxSize = 320) ImmutableList<String> serviceAccounts,
        @Limits(maxSize = 16) @Elements(maxSize = 320) ImmutableList<String> notServiceAccounts,
        ImmutableList<String> ipBlocks,
        ImmutableList<String> notIpBlocks,
        ImmutableList<String> remoteIpBlocks,
        ImmutableList<String> notRemoteIpBlocks,
        ImmutableList<String> trustDomains,
        ImmutableList<String> notTrustDomains) {}
