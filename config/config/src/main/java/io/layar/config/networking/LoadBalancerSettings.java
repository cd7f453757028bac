package io.layar.config.networking;

import com.google.common.collect.ImmutableList;
import io.layar.config.decode.Limits;
import io.layar.config.decode.OneOf;
import io.layar.config.decode.Required;
import io.layar.config.decode.Unsigned;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How a host of a destination is picked. */
public record LoadBalancerSettings(
        @OneOf("lb_policy") @Nullable SimpleLB simple,
        @OneOf("lb_policy") @Nullable ConsistentHashLB consistentHash,
        @OneOf("lb_policy") @Nullable BackendUtilizationLB backendUtilization,
        @Nullable LocalityLoadBalancerSetting localityLbSetting,
        @Nullable ZoneAwareLoadBalancerSetting zoneAwareLbSetting,
        @Limits(atLeastOneMillisecond = true) @Nullable Duration warmupDurationSecs,
        @Nullable WarmupConfiguration warmup) {
    /** The values of {@code SimpleLB} in {@link LoadBalancerSettings}. */
    public enum SimpleLB {
        UNSPECIFIED,
        LEAST_CONN,
        RANDOM,
        PASSTHROUGH,
        ROUND_ROBIN,
        LEAST_REQUEST
    }

    /** The {@code ConsistentHashLB} message of {@link LoadBalancerSettings}. */
    public record ConsistentHashLB(
            @OneOf("hash_key") @Nullable String httpHeaderName,
            @OneOf("hash_key") @Nullable HTTPCookie httpCookie,
            @OneOf("hash_key") @Nullable Boolean useSourceIp,
            @OneOf("hash_key") @Nullable String httpQueryParameterName,
            @OneOf("hash_algorithm") @Nullable RingHash ringHash,
            @OneOf("hash_algorithm") @Nullable MagLev maglev,
            @Unsigned long minimumRingSize) {
        /** The {@code RingHash} message of {@link ConsistentHashLB}. */
        public record RingHash(@Unsigned long minimumRingSize) {}

        /** The {@code MagLev} message of {@link ConsistentHashLB}. */
        public record MagLev(@Unsigned long tableSize) {}

        /** The {@code HTTPCookie} message of {@link ConsistentHashLB}. */
        public record HTTPCookie(
                @Required String name,
                String path,
                @Nullable Duration ttl,
                ImmutableList<Attribute> attributes) {
            /** The {@code Attribute} message of {@link HTTPCookie}. */
            public record Attribute(@Required String name, String value) {}
        }
    }

    /** The {@code BackendUtilizationLB} message of {@link LoadBalancerSettings}. */
    public record BackendUtilizationLB(
            @Nullable Duration weightStabilizationPeriod,
            @Nullable Duration weightExpirationPeriod,
            @Nullable Duration weightUpdatePeriod,
            @Unsigned int errorUtilizationPenaltyPercent,
            ImmutableList<String> metricNamesForComputingUtilization) {}
}
