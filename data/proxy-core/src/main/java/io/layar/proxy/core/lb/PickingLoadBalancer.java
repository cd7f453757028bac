package io.layar.proxy.core.lb;

import io.layar.proxy.core.cluster.Host;
import org.jspecify.annotations.Nullable;

/**
 * Round robin, least request and random: draws a priority by load, there a source (its usable hosts, one locality of them, or all in panic), and
 * there a host by the policy's picker. Pickers come into being when first needed. Thread: event loop of its worker.
 */
final class PickingLoadBalancer implements LoadBalancer {
    private final PrioritySet set;
    private final PriorityState state;
    private final LbEnvironment environment;
    private final PrioritySources[] sources;

    PickingLoadBalancer(
            PrioritySet set,
            double panicThreshold,
            LbPolicy.LocalityMode mode,
            HostPicker.Factory pickers,
            LbEnvironment environment) {
        this.set = set;
        this.state = PriorityState.of(set, panicThreshold);
        this.environment = environment;
        this.sources = new PrioritySources[set.size()];
        for (int p = 0; p < sources.length; p++) {
            sources[p] = new PrioritySources(set.priority(p), mode, pickers, environment);
        }
    }

    @Override
    public @Nullable Host choose(LoadBalancerContext context) {
        int attempts = context.hostSelectionRetryCount() + 1;
        Host host = null;
        for (int i = 0; i < attempts; i++) {
            host = chooseOnce(context);
            if (host == null || i + 1 == attempts || !context.shouldSelectAnotherHost(host)) {
                return host;
            }
        }
        return host;
    }

    private @Nullable Host chooseOnce(LoadBalancerContext context) {
        PriorityLoad load = context.priorityLoad(set, state.load);
        int choice = sources.length == 1 && load.healthy()[0] == 100
                ? 0
                : PriorityChoice.choose(environment.random().nextLong(), load);
        int priority = PriorityChoice.priority(choice);
        HostPicker picker = sources[priority].picker(PriorityChoice.degraded(choice), state.panic[priority]);
        return picker == null ? null : picker.pick();
    }
}
