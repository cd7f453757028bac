package io.layar.proxy.core.lb;

import io.layar.proxy.core.cluster.Host;

/** Picks among the hosts of one source: the healthy ones of a priority, those of one locality, and so on. Never empty. */
interface HostPicker {
    Host pick();

    /** Makes the pickers of one policy. */
    interface Factory {
        /** {@code hosts} has at least one entry. */
        HostPicker over(Host[] hosts);
    }
}
