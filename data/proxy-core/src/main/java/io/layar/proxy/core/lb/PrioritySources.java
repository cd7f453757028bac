package io.layar.proxy.core.lb;

import io.layar.proxy.core.cluster.Host;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The sources of one priority: which hosts a pick is among. Thread: event loop of its worker. */
final class PrioritySources {
    private final HostSet set;
    private final LbPolicy.LocalityMode mode;
    private final HostPicker.Factory pickers;
    private final LbEnvironment environment;
    private final HostPicker[] all = new HostPicker[3];
    private final HostPicker[][] ofLocality = new HostPicker[2][];
    private final LocalitySchedule[] schedules = new LocalitySchedule[2];
    private final @Nullable ZoneRouting zones;

    PrioritySources(HostSet set, LbPolicy.LocalityMode mode, HostPicker.Factory pickers, LbEnvironment environment) {
        this.set = set;
        this.mode = mode;
        this.pickers = pickers;
        this.environment = environment;
        this.zones = mode instanceof LbPolicy.LocalityMode.ZoneAware aware && set.priority() == 0
                ? ZoneRouting.of(aware, set, environment)
                : null;
    }

    /** The picker to ask, or null where no host may be taken. */
    @Nullable
    HostPicker picker(boolean degraded, boolean panic) {
        if (panic) {
            environment.panics().run();
            return mode instanceof LbPolicy.LocalityMode.ZoneAware aware && aware.failTrafficOnPanic()
                    ? null
                    : among(2, set.hosts());
        }
        int source = degraded ? 1 : 0;
        int locality = locality(degraded);
        if (locality >= 0) {
            List<HostSet.LocalityHosts> localities = set.localities();
            HostSet.LocalityHosts chosen = localities.get(locality);
            return amongLocality(source, locality, degraded ? chosen.degraded() : chosen.healthy());
        }
        return among(source, degraded ? set.degraded() : set.healthy());
    }

    private int locality(boolean degraded) {
        if (mode instanceof LbPolicy.LocalityMode.Weighted && set.hasLocalityWeights()) {
            int source = degraded ? 1 : 0;
            LocalitySchedule schedule = schedules[source];
            if (schedule == null) {
                schedule = new LocalitySchedule(set, degraded);
                schedules[source] = schedule;
            }
            return schedule.pick();
        }
        return zones != null && !degraded ? zones.pick() : -1;
    }

    private @Nullable HostPicker among(int source, Host[] hosts) {
        HostPicker picker = all[source];
        if (picker == null && hosts.length > 0) {
            picker = pickers.over(hosts);
            all[source] = picker;
        }
        return picker;
    }

    private @Nullable HostPicker amongLocality(int source, int locality, Host[] hosts) {
        HostPicker[] known = ofLocality[source];
        if (known == null) {
            known = new HostPicker[set.localities().size()];
            ofLocality[source] = known;
        }
        HostPicker picker = known[locality];
        if (picker == null && hosts.length > 0) {
            picker = pickers.over(hosts);
            known[locality] = picker;
        }
        return picker;
    }
}
