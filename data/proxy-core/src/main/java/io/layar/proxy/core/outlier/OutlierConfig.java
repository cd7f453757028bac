package io.layar.proxy.core.outlier;

import io.envoyproxy.envoy.config.cluster.v3.OutlierDetection;
import io.layar.proxy.core.config.ConfigRejected;
import io.layar.proxy.core.config.Durations;

/** Outlier detection of a cluster. Units: milliseconds; per cent. Thread: any (immutable). */
public record OutlierConfig(
        long intervalMillis,
        long baseEjectionMillis,
        long maxEjectionMillis,
        long maxEjectionJitterMillis,
        int maxEjectionPercent,
        boolean alwaysEjectOneHost,
        boolean splitLocalOrigin,
        boolean unejectOnHealthCheck,
        Consecutive fiveXx,
        Consecutive gateway,
        Consecutive localOrigin,
        SuccessRate successRate,
        FailurePercentage failurePercentage) {

    /** So many in a row, enforced in so many per cent. */
    public record Consecutive(long count, int enforcing) {}

    /** Statistical detection. Shape: {@code stdevFactor} is a thousandth. */
    public record SuccessRate(
            int enforcing, int enforcingLocalOrigin, long minimumHosts, long requestVolume, long stdevFactor) {}

    public record FailurePercentage(
            int threshold, int enforcing, int enforcingLocalOrigin, long minimumHosts, long requestVolume) {}

    public static OutlierConfig compile(OutlierDetection p) {
        if (p.getMonitorsCount() > 0) {
            throw ConfigRejected.unsupported("outlier_detection.monitors", "outlier monitor extensions");
        }
        long base = Durations.millis(p.hasBaseEjectionTime(), p.getBaseEjectionTime(), 30_000);
        long max = Durations.millis(p.hasMaxEjectionTime(), p.getMaxEjectionTime(), Math.max(300_000, base));
        if (base > max) {
            throw new ConfigRejected(
                    "outlier_detection",
                    "outlier detector's max_ejection_time cannot be smaller than base_ejection_time");
        }
        return new OutlierConfig(
                Durations.millis(p.hasInterval(), p.getInterval(), 10_000),
                base,
                max,
                Durations.millis(p.getMaxEjectionTimeJitter()),
                (int) Durations.unsigned(p.hasMaxEjectionPercent(), p.getMaxEjectionPercent(), 10),
                p.hasAlwaysEjectOneHost() && p.getAlwaysEjectOneHost().getValue(),
                p.getSplitExternalLocalOriginErrors(),
                !p.hasSuccessfulActiveHealthCheckUnejectHost()
                        || p.getSuccessfulActiveHealthCheckUnejectHost().getValue(),
                new Consecutive(Durations.unsigned(p.hasConsecutive5Xx(), p.getConsecutive5Xx(), 5), (int)
                        Durations.unsigned(p.hasEnforcingConsecutive5Xx(), p.getEnforcingConsecutive5Xx(), 100)),
                new Consecutive(
                        Durations.unsigned(p.hasConsecutiveGatewayFailure(), p.getConsecutiveGatewayFailure(), 5),
                        (int) Durations.unsigned(
                                p.hasEnforcingConsecutiveGatewayFailure(),
                                p.getEnforcingConsecutiveGatewayFailure(),
                                0)),
                new Consecutive(
                        Durations.unsigned(
                                p.hasConsecutiveLocalOriginFailure(), p.getConsecutiveLocalOriginFailure(), 5),
                        (int) Durations.unsigned(
                                p.hasEnforcingConsecutiveLocalOriginFailure(),
                                p.getEnforcingConsecutiveLocalOriginFailure(),
                                100)),
                successRate(p),
                failurePercentage(p));
    }

    private static SuccessRate successRate(OutlierDetection p) {
        return new SuccessRate(
                (int) Durations.unsigned(p.hasEnforcingSuccessRate(), p.getEnforcingSuccessRate(), 100),
                (int) Durations.unsigned(
                        p.hasEnforcingLocalOriginSuccessRate(), p.getEnforcingLocalOriginSuccessRate(), 100),
                Durations.unsigned(p.hasSuccessRateMinimumHosts(), p.getSuccessRateMinimumHosts(), 5),
                Durations.unsigned(p.hasSuccessRateRequestVolume(), p.getSuccessRateRequestVolume(), 100),
                Durations.unsigned(p.hasSuccessRateStdevFactor(), p.getSuccessRateStdevFactor(), 1900));
    }

    private static FailurePercentage failurePercentage(OutlierDetection p) {
        return new FailurePercentage(
                (int) Durations.unsigned(p.hasFailurePercentageThreshold(), p.getFailurePercentageThreshold(), 85),
                (int) Durations.unsigned(p.hasEnforcingFailurePercentage(), p.getEnforcingFailurePercentage(), 0),
                (int) Durations.unsigned(
                        p.hasEnforcingFailurePercentageLocalOrigin(), p.getEnforcingFailurePercentageLocalOrigin(), 0),
                Durations.unsigned(p.hasFailurePercentageMinimumHosts(), p.getFailurePercentageMinimumHosts(), 5),
                Durations.unsigned(p.hasFailurePercentageRequestVolume(), p.getFailurePercentageRequestVolume(), 50));
    }
}
