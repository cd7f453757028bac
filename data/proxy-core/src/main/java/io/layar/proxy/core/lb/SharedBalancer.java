package io.layar.proxy.core.lb;

import io.layar.proxy.core.cluster.Host;
import org.jspecify.annotations.Nullable;

/**
 * What all workers of a cluster share for load balancing after one change of its hosts; each worker derives its own {@link LoadBalancer}.
 *
 * <p>Thread: made on the cluster thread, as tables may take a while; {@code forWorker} on the worker.
 */
public interface SharedBalancer {
    LoadBalancer forWorker(LbEnvironment environment);

    /** Units: {@code panicThreshold} per cent. */
    static SharedBalancer of(LbPolicy policy, PrioritySet set, double panicThreshold) {
        return switch (policy) {
            case LbPolicy.RoundRobin p ->
                environment -> {
                    HostWeights weights = new HostWeights(p.slowStart(), environment);
                    return new PickingLoadBalancer(
                            set,
                            panicThreshold,
                            p.locality(),
                            hosts -> new RoundRobinPicker(hosts, weights, environment),
                            environment);
                };
            case LbPolicy.LeastRequest p ->
                environment -> {
                    HostWeights weights = new HostWeights(p.slowStart(), environment);
                    return new PickingLoadBalancer(
                            set,
                            panicThreshold,
                            p.locality(),
                            hosts -> new LeastRequestPicker(hosts, p, weights, environment),
                            environment);
                };
            case LbPolicy.Random p ->
                environment -> new PickingLoadBalancer(
                        set,
                        panicThreshold,
                        p.locality(),
                        hosts -> () -> hosts[environment.random().nextInt(hosts.length)],
                        environment);
            case LbPolicy.RingHash p -> HashTables.ring(set, panicThreshold, p)::forWorker;
            case LbPolicy.Maglev p -> HashTables.maglev(set, panicThreshold, p)::forWorker;
            case LbPolicy.Subset p -> SubsetIndex.of(p, set, panicThreshold)::forWorker;
            case LbPolicy.OverrideHost p -> {
                SharedBalancer fallback = of(p.fallback(), set, panicThreshold);
                OverrideHostBalancer override = OverrideHostBalancer.of(p, set);
                yield environment -> override.before(fallback.forWorker(environment));
            }
            case LbPolicy.ClusterProvided _ -> _ -> SharedBalancer::noHost;
        };
    }

    private static @Nullable Host noHost(LoadBalancerContext context) {
        return null;
    }
}
