package io.layar.xdsgen.listener;

import io.layar.mesh.service.Protocol;
import io.layar.mesh.service.ServicePort;
import io.layar.xdsgen.filterchain.ChainSpec;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * An outbound listener while services are still being added to it.
 *
 * <p>Thread: the generator that made it.
 */
final class OutboundEntry {
    final ServicePort port;
    final Binding binding;
    final Set<String> origins = new LinkedHashSet<>();
    private final List<ChainSpec> chains;
    private Protocol protocol;
    private boolean locked;

    OutboundEntry(ServicePort port, Binding binding, List<ChainSpec> chains, Protocol protocol) {
        this.port = port;
        this.binding = binding;
        this.chains = new ArrayList<>(chains);
        this.protocol = protocol;
    }

    List<ChainSpec> chains() {
        return chains;
    }

    Protocol protocol() {
        return protocol;
    }

    /** A Sidecar names this port itself: the services of its catch-all listener stay away. */
    void lock() {
        locked = true;
    }

    boolean isLocked() {
        return locked;
    }

    /** HTTP and bytes share the port from now on: each connection is looked into. */
    void sniff() {
        protocol = Protocol.UNSUPPORTED;
    }

    /** Adds the chains whose match no earlier chain has: of two, the first comer keeps it. */
    void merge(List<ChainSpec> incoming) {
        for (ChainSpec chain : incoming) {
            if (chains.stream().noneMatch(known -> known.match().conflictsWith(chain.match()))) {
                chains.add(chain);
            }
        }
    }
}
