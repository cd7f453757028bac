package io.layar.mesh.service;

/** How the addresses behind a service are found. */
public enum Resolution {
    /** The control plane knows the endpoints. */
    CLIENT_SIDE_LB,
    /** The proxy resolves the names and balances over every answer. */
    DNS_LB,
    /** To wherever the client meant to go. */
    PASSTHROUGH,
    /** The proxy resolves the name and uses one answer at a time. */
    DNS_ROUND_ROBIN_LB,
    /** Another name of a service (ExternalName). */
    ALIAS,
    /** Names under a wildcard, resolved per request. */
    DYNAMIC_DNS;

    public boolean isDns() {
        return this == DNS_LB || this == DNS_ROUND_ROBIN_LB;
    }
}
