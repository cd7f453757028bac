package io.layar.xdsgen.endpoint;

import io.layar.config.networking.LocalityLoadBalancerSetting;
import io.layar.config.networking.LocalityLoadBalancerSetting.Distribute;
import io.layar.config.networking.LocalityLoadBalancerSetting.Failover;
import io.layar.config.networking.ZoneAwareLoadBalancerSetting;
import io.layar.mesh.service.Endpoint;
import io.layar.mesh.service.Locality;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Gives the groups of an assignment their weights and priorities as a client at one place prefers them. */
public final class LocalityOrder {
    private static final int PLACES = 5;
    private static final int ZONES = 3;

    private final Locality client;
    private final Map<String, String> clientLabels;

    public LocalityOrder(Locality client, Map<String, String> clientLabels) {
        this.client = client;
        this.clientLabels = clientLabels;
    }

    /** @param failover is there outlier detection, so that Envoy ever leaves the nearest endpoints? */
    public List<LocalityGroup> apply(
            @Nullable LocalityPreference preference, List<LocalityGroup> groups, boolean failover) {
        return switch (preference) {
            case null -> groups;
            case LocalityPreference.ByZone zone -> zone.isEnabled() ? byZone(zone.setting(), groups) : groups;
            case LocalityPreference.ByLocality place -> byLocality(place.setting(), groups, failover || place.force());
        };
    }

    private List<LocalityGroup> byLocality(
            LocalityLoadBalancerSetting setting, List<LocalityGroup> groups, boolean failover) {
        if (!setting.distribute().isEmpty()) {
            distribute(setting.distribute(), groups);
            return groups;
        }
        if (!failover) {
            return groups;
        }
        if (setting.failoverPriority().isEmpty()) {
            failover(setting.failover(), groups);
            return groups;
        }
        List<LocalityGroup> ordered = byLabels(setting.failoverPriority(), groups);
        if (!setting.failover().isEmpty()) {
            failover(setting.failover(), ordered);
        }
        return ordered;
    }

    private void distribute(List<Distribute> rules, List<LocalityGroup> groups) {
        for (Distribute rule : rules) {
            if (!client.matches(rule.from())) {
                continue;
            }
            Set<LocalityGroup> unmatched = new LinkedHashSet<>(groups);
            rule.to().forEach((place, weight) -> {
                List<LocalityGroup> matched =
                        unmatched.stream().filter(g -> g.place().matches(place)).toList();
                matched.forEach(unmatched::remove);
                share(matched, Integer.toUnsignedLong(weight));
            });
            unmatched.forEach(LocalityGroup::clear);
            return;
        }
    }

    /** A place's weight is divided among its groups in proportion to what they had. */
    private static void share(List<LocalityGroup> groups, long weight) {
        long total = 0;
        for (LocalityGroup group : groups) {
            total += own(group);
        }
        for (LocalityGroup group : groups) {
            double part = (double) (own(group) * weight) / total;
            if (part > 0) {
                group.setWeight((int) (long) Math.ceil(part));
            }
        }
    }

    private static long own(LocalityGroup group) {
        Integer weight = group.weight();
        return weight == null ? 1 : Integer.toUnsignedLong(weight);
    }

    /** Own subzone, zone, region, then the region that the rule names, then the rest. */
    private void failover(List<Failover> rules, List<LocalityGroup> groups) {
        for (LocalityGroup group : groups) {
            int distance = client.distance(group.place());
            if (distance == 3 && isPassedOver(rules, group)) {
                distance = 4;
            }
            group.setPriority(group.priority() * PLACES + distance);
        }
        closeGaps(groups);
    }

    private boolean isPassedOver(List<Failover> rules, LocalityGroup group) {
        for (Failover rule : rules) {
            if (rule.from().equals(client.region())) {
                return !group.place().region().equals(rule.to());
            }
        }
        return false;
    }

    private List<LocalityGroup> byZone(ZoneAwareLoadBalancerSetting setting, List<LocalityGroup> groups) {
        List<LocalityGroup> ordered =
                setting.failoverPriority().isEmpty() ? groups : byLabels(setting.failoverPriority(), groups);
        for (LocalityGroup group : ordered) {
            group.setPriority(group.priority() * ZONES + regionPriority(setting, group));
        }
        closeGaps(ordered);
        return ordered;
    }

    private int regionPriority(ZoneAwareLoadBalancerSetting setting, LocalityGroup group) {
        String region = group.place().region();
        if (region.equals(client.region())) {
            return 0;
        }
        for (var rule : setting.failover()) {
            if (rule.from().equals(client.region())) {
                return region.equals(rule.to()) ? 1 : 2;
            }
        }
        return 2;
    }

    /** The more of the labels, in order, an endpoint shares with the client, the sooner it is used. */
    private List<LocalityGroup> byLabels(List<String> labels, List<LocalityGroup> groups) {
        if (clientLabels.isEmpty() || groups.isEmpty()) {
            return groups;
        }
        List<LocalityGroup> out = new ArrayList<>();
        for (LocalityGroup group : groups) {
            Map<Integer, LocalityGroup> byPriority = new TreeMap<>();
            for (int i = 0; i < group.endpoints().size(); i++) {
                byPriority
                        .computeIfAbsent(priority(labels, group.endpoints().get(i)), k -> group.sibling())
                        .add(group.endpoints().get(i), group.lbEndpoints().get(i));
            }
            byPriority.forEach((priority, some) -> {
                some.setPriority(priority);
                some.sumWeights();
                out.add(some);
            });
        }
        closeGaps(out);
        return out;
    }

    private int priority(List<String> labels, Endpoint endpoint) {
        int adjust = 0;
        for (int i = 0; i < labels.size(); i++) {
            String label = labels.get(i);
            int equals = label.indexOf('=');
            String key = equals < 0 ? label : label.substring(0, equals);
            String wanted = equals < 0 ? clientLabels.getOrDefault(key, "") : label.substring(equals + 1);
            if (wanted.equals(endpoint.labels().getOrDefault(key, ""))) {
                continue;
            }
            if (i == 0 && labels.getFirst().equals("topology.istio.io/network")) {
                adjust = labels.size();
                continue;
            }
            return labels.size() - i + adjust;
        }
        return adjust;
    }

    private static void closeGaps(List<LocalityGroup> groups) {
        TreeSet<Integer> used = new TreeSet<>();
        groups.forEach(g -> used.add(g.priority()));
        List<Integer> order = new ArrayList<>(used);
        groups.forEach(g -> g.setPriority(order.indexOf(g.priority())));
    }
}
