package io.layar.proxy.core.lb;

import io.layar.proxy.core.cluster.Locality;
import io.layar.proxy.core.runtime.RuntimeValues;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What load balancers need from outside.
 *
 * <p>Shape: {@code random} belongs to the worker; {@code panics} is run for each pick from a priority in panic; {@code localHosts} are the hosts of the
 * cluster that this proxy itself belongs to, for zone aware routing, or null. Units: {@code nanos} as {@link System#nanoTime}.
 */
public record LbEnvironment(
        RandomGenerator random,
        LongSupplier nanos,
        RuntimeValues runtime,
        Runnable panics,
        Locality self,
        @Nullable PrioritySet localHosts) {

    double number(LbPolicy.RuntimeNumber number) {
        return number.key().isEmpty() ? number.value() : runtime.number(number.key(), number.value());
    }
}
