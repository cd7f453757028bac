package io.layar.config.validate;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableSet;
import io.layar.config.Validation;
import io.layar.config.decode.FieldPath;
import io.layar.config.networking.LocalityLoadBalancerSetting;
import io.layar.config.networking.ZoneAwareLoadBalancerSetting;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rules of load balancing by locality. */
final class LocalityRules {
    private static final ImmutableSet<String> TOPOLOGY = ImmutableSet.of(
            "topology.kubernetes.io/region", "topology.kubernetes.io/zone", "topology.istio.io/subzone");

    private LocalityRules() {}

    static void locality(Validation v, FieldPath path, LocalityLoadBalancerSetting lb, boolean hasOutlier) {
        if (!lb.distribute().isEmpty() && !lb.failover().isEmpty()) {
            v.error(path, "can not simultaneously specify 'distribute' and 'failover'");
            return;
        }
        var topology = lb.failoverPriority().stream().filter(TOPOLOGY::contains).findFirst();
        if (!lb.failover().isEmpty() && topology.isPresent()) {
            v.error(
                    path,
                    "can not simultaneously set 'failover' and topology label '%s' in 'failover_priority'",
                    topology.get());
            return;
        }
        if (!distribute(v, path.field("distribute"), lb)) {
            return;
        }
        boolean fails = !lb.failover().isEmpty() || !lb.failoverPriority().isEmpty();
        if (fails && !hasOutlier) {
            v.warning(path, "outlier detection policy must be provided for failover");
        }
        lb.failover().forEach(rule -> failover(v, path.field("failover"), "locality lb", rule.from(), rule.to()));
    }

    static void zone(Validation v, FieldPath path, ZoneAwareLoadBalancerSetting lb, boolean hasOutlier) {
        lb.failoverPriority().stream()
                .filter(TOPOLOGY::contains)
                .forEach(label -> v.error(
                        path.field("failoverPriority"),
                        "'failover_priority' for zone aware lb must not use topology label '%s'; region- and zone-level"
                                + " routing are handled automatically",
                        label));
        if ((!lb.failover().isEmpty() || !lb.failoverPriority().isEmpty()) && !hasOutlier) {
            v.warning(path, "outlier detection policy must be provided for failover");
        }
        lb.failover().forEach(rule -> failover(v, path.field("failover"), "zone aware lb", rule.from(), rule.to()));
    }

    private static void failover(Validation v, FieldPath path, String name, String from, String to) {
        if (from.equals(to)) {
            v.error(path, name + " failover settings must specify different regions");
        }
        if (from.contains("/") || to.contains("/")) {
            v.error(path, name + " failover only specify region");
        }
        if (from.contains("*") || to.contains("*")) {
            v.error(path, name + " failover region should not contain '*' wildcard");
        }
    }

    private static boolean distribute(Validation v, FieldPath path, LocalityLoadBalancerSetting lb) {
        var sources = new ArrayList<String>();
        for (var rule : lb.distribute()) {
            sources.add(rule.from());
            long total = 0;
            for (int weight : rule.to().values()) {
                long share = Integer.toUnsignedLong(weight);
                if (share < 1 || share > 100) {
                    v.error(path, "locality weight must be in range [1, 100]");
                    return false;
                }
                total += share;
            }
            if (total != 100) {
                v.error(path, "total locality weight %d != 100", total);
                return false;
            }
            v.require(path, overlapProblem(rule.to().keySet().asList()));
        }
        v.require(path, overlapProblem(sources));
        return true;
    }

    /** What keeps localities {@code region/zone/subzone} from being apart: a region covers its zones, and so on. */
    private static @Nullable String overlapProblem(List<String> localities) {
        var seen = new ArrayList<List<String>>();
        for (var locality : localities) {
            int star = locality.indexOf('*');
            if (star >= 0 && star != locality.length() - 1) {
                return "locality %s wildcard '*' number can not exceed 1 and must be in the end".formatted(locality);
            }
            var parts = Splitter.on('/').limit(3).splitToList(locality);
            if (parts.contains("")) {
                return "locality %s must not contain empty region/zone/subzone info".formatted(locality);
            }
            if (seen.stream().anyMatch(other -> overlap(other, parts))) {
                return "locality %s overlap with previous specified ones".formatted(locality);
            }
            seen.add(parts);
        }
        return null;
    }

    private static boolean overlap(List<String> earlier, List<String> later) {
        for (int i = 0; i < Math.min(earlier.size(), later.size()); i++) {
            if (earlier.get(i).equals("*")) {
                return true;
            }
            if (!earlier.get(i).equals(later.get(i))) {
                return false;
            }
        }
        return true;
    }
}
