package io.layar.config.validate;

import io.layar.config.Validation;
import io.layar.config.decode.FieldPath;
import io.layar.config.networking.LoadBalancerSettings;
import io.layar.config.networking.LoadBalancerSettings.ConsistentHashLB;
import io.layar.config.networking.WarmupConfiguration;
import java.util.HashSet;
import org.jspecify.annotations.Nullable;

/** Rules of load balancers. */
final class LoadBalancerRules {
    /** Envoy's largest Maglev table. */
    private static final long LARGEST_TABLE = 5_000_011;

    private LoadBalancerRules() {}

    static void check(Validation v, FieldPath path, @Nullable LoadBalancerSettings settings, boolean hasOutlier) {
        if (settings == null) {
            return;
        }
        if (settings.consistentHash() != null) {
            hash(v, path.field("consistentHash"), settings.consistentHash());
        }
        if (settings.localityLbSetting() != null && settings.zoneAwareLbSetting() != null) {
            v.error(path, "only one of localityLbSetting and zoneAwareLbSetting can be set");
        }
        if (settings.localityLbSetting() != null) {
            LocalityRules.locality(v, path.field("localityLbSetting"), settings.localityLbSetting(), hasOutlier);
        }
        if (settings.zoneAwareLbSetting() != null) {
            LocalityRules.zone(v, path.field("zoneAwareLbSetting"), settings.zoneAwareLbSetting(), hasOutlier);
        }
        if (settings.warmup() != null) {
            warmup(v, path.field("warmup"), settings.warmup());
        }
    }

    private static void hash(Validation v, FieldPath path, ConsistentHashLB hash) {
        var cookie = hash.httpCookie();
        if (cookie != null) {
            if (cookie.name().isEmpty()) {
                v.error(path.field("httpCookie"), "name required for HttpCookie");
            }
            var names = new HashSet<String>();
            for (var attribute : cookie.attributes()) {
                if (attribute.name().isEmpty()) {
                    v.error(path.field("httpCookie"), "cookie attribute name cannot be empty");
                } else if (!names.add(attribute.name())) {
                    v.error(path.field("httpCookie"), "duplicate cookie attribute name: %s", attribute.name());
                }
            }
        }
        if (hash.minimumRingSize() != 0) {
            v.warning(
                    path.field("minimumRingSize"),
                    "consistent hash MinimumRingSize is deprecated, use ConsistentHashLB's RingHash configuration"
                            + " instead");
            if (hash.ringHash() != null || hash.maglev() != null) {
                v.error(path, "only one of MinimumRingSize or Maglev/Ringhash can be specified");
            }
        }
        if (hash.maglev() != null) {
            table(v, path.field("maglev"), hash.maglev().tableSize());
        }
    }

    private static void table(Validation v, FieldPath path, long size) {
        if (size == 0) {
            v.error(path, "tableSize must be set for maglev");
        }
        if (Long.compareUnsigned(size, LARGEST_TABLE) >= 0) {
            v.error(path, "tableSize must be less than 5000011 for maglev");
        } else if (!isPrime(size)) {
            v.error(path, "tableSize must be a prime number for maglev");
        }
    }

    private static boolean isPrime(long number) {
        if (number < 4) {
            return number > 0;
        }
        for (long factor = 3; factor * factor <= number; factor += 2) {
            if (number % factor == 0) {
                return false;
            }
        }
        return number % 2 != 0;
    }

    private static void warmup(Validation v, FieldPath path, WarmupConfiguration warmup) {
        if (warmup.duration() == null) {
            v.error(path, "duration is required");
        }
        SharedRules.duration(v, path.field("duration"), warmup.duration());
        if (warmup.minimumPercent() != null && warmup.minimumPercent() > 100) {
            v.error(path, "minimumPercent value should be less than or equal to 100");
        }
        if (warmup.aggression() != null && warmup.aggression() <= 0) {
            v.error(path, "aggression should be greater than 0");
        }
    }
}
