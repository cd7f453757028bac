package io.layar.proxy.core.cluster;

import io.layar.proxy.core.outlier.HostOutlierState;
import io.layar.proxy.core.stream.Address;
import io.layar.proxy.core.stream.Metadata;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/**
 * One upstream host of one cluster: its facts, health flags and counts. All workers share it.
 *
 * <p>Order: equality is identity; an endpoint update keeps the object while its address, locality and transport stay the same.
 * Thread: any. Health flags are changed by the cluster thread (and by workers for what they see), counts by all.
 */
public final class Host {
    /** How a host may be used. */
    public enum Health {
        UNHEALTHY,
        DEGRADED,
        HEALTHY
    }

    private static final int UNHEALTHY_FLAGS = HealthFlag.FAILED_ACTIVE_HC.mask()
            | HealthFlag.FAILED_OUTLIER_CHECK.mask()
            | HealthFlag.FAILED_EDS_HEALTH.mask()
            | HealthFlag.EDS_STATUS_DRAINING.mask();
    private static final int DEGRADED_FLAGS =
            HealthFlag.DEGRADED_ACTIVE_HC.mask() | HealthFlag.DEGRADED_EDS_HEALTH.mask();

    private volatile HostFacts facts;
    private volatile Metadata metadata;
    private final AtomicInteger flags = new AtomicInteger();
    private final AtomicLongArray stats = new AtomicLongArray(HostStat.count());
    private final @Nullable HostOutlierState outlier;
    private final long addedNanos;
    private volatile int weight;
    private volatile long healthyNanos;

    /** {@code outlier} is null where the cluster detects no outliers; {@code nowNanos} begins slow start. */
    public Host(HostFacts facts, int weight, @Nullable HostOutlierState outlier, long nowNanos) {
        this.facts = facts;
        this.metadata = facts.metadata();
        this.weight = weight;
        this.outlier = outlier;
        this.addedNanos = nowNanos;
        this.healthyNanos = nowNanos;
    }

    /** New facts of the same host: metadata or priority changed. */
    public void facts(HostFacts newFacts) {
        if (!newFacts.about().endpoint().equals(facts.about().endpoint())) {
            metadata = newFacts.metadata();
        }
        facts = newFacts;
    }

    public HostFacts facts() {
        return facts;
    }

    public Address address() {
        return facts.address();
    }

    /** The endpoint's hostname, or the DNS name that it was resolved from; may be empty. */
    public String hostname() {
        return facts.hostname();
    }

    public Metadata metadata() {
        return metadata;
    }

    public Locality locality() {
        return facts.locality();
    }

    public int priority() {
        return facts.priority();
    }

    /** At least 1. */
    public int weight() {
        return weight;
    }

    public void weight(int newWeight) {
        weight = newWeight;
    }

    public Health health() {
        int now = flags.get();
        if ((now & UNHEALTHY_FLAGS) != 0) {
            return Health.UNHEALTHY;
        }
        return (now & DEGRADED_FLAGS) != 0 ? Health.DEGRADED : Health.HEALTHY;
    }

    public boolean has(HealthFlag flag) {
        return (flags.get() & flag.mask()) != 0;
    }

    /** Sets or clears one flag; tells whether that changed it. */
    public boolean set(HealthFlag flag, boolean on) {
        int before = on ? flags.getAndUpdate(f -> f | flag.mask()) : flags.getAndUpdate(f -> f & ~flag.mask());
        return ((before & flag.mask()) != 0) != on;
    }

    /** Flags that are set, as bits of {@link HealthFlag#mask}. */
    public int flags() {
        return flags.get();
    }

    /** Outlier state, or null where the cluster detects no outliers. */
    public @Nullable HostOutlierState outlier() {
        return outlier;
    }

    public void inc(HostStat stat) {
        stats.getAndIncrement(stat.ordinal());
    }

    public void dec(HostStat stat) {
        stats.getAndDecrement(stat.ordinal());
    }

    public long stat(HostStat stat) {
        return stats.get(stat.ordinal());
    }

    /** When the host joined its cluster. */
    public long addedNanos() {
        return addedNanos;
    }

    /** When the host was last found healthy after it was not, or joined: where slow start begins. */
    public long healthyNanos() {
        return healthyNanos;
    }

    public void healthyNanos(long nowNanos) {
        healthyNanos = nowNanos;
    }

    @Override
    public String toString() {
        return facts.address().text();
    }
}
