package io.layar.mesh.routing;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import io.layar.config.Resource;
import io.layar.config.networking.DestinationRule;
import io.layar.mesh.kube.Origin;
import io.layar.mesh.service.Hosts;
import io.layar.mesh.service.Service;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Destination rules by namespace and host.
 *
 * <p>A proxy finds a service's rules in its own namespace first, then among those that the service's namespace exports,
 * then among those that the root namespace exports. Thread: any (immutable).
 */
public record DestinationRuleIndex(
        ImmutableSortedMap<String, HostRules> local,
        ImmutableSortedMap<String, HostRules> exported,
        HostRules privateToRoot,
        String rootNamespace) {
    public static final DestinationRuleIndex EMPTY =
            new DestinationRuleIndex(ImmutableSortedMap.of(), ImmutableSortedMap.of(), HostRules.NONE, "");

    /** What a mesh says about destination rules that do not say it themselves. */
    public record Defaults(boolean exportPrivately, String rootNamespace, String domain, boolean exportAwareMerge) {}

    /** Rules by host, exact or wildcard. */
    public record HostRules(ImmutableMap<String, ImmutableList<MergedDestinationRule>> byHost) {
        static final HostRules NONE = new HostRules(ImmutableMap.of());

        ImmutableList<MergedDestinationRule> of(String host) {
            String best = Hosts.mostSpecific(host, byHost);
            ImmutableList<MergedDestinationRule> found = best == null ? null : byHost.get(best);
            return found == null ? ImmutableList.of() : found;
        }
    }

    public static DestinationRuleIndex of(Collection<Resource<DestinationRule>> resources, Defaults defaults) {
        List<Resource<DestinationRule>> sorted = new ArrayList<>(resources);
        sorted.sort(Comparator.<Resource<DestinationRule>, Boolean>comparing(
                        r -> r.spec().workloadSelector() == null)
                .thenComparing(CreationOrder.OLDEST_FIRST));
        Map<String, DestinationRuleMerge> local = new TreeMap<>();
        Map<String, DestinationRuleMerge> exported = new TreeMap<>();
        DestinationRuleMerge rootOnly = new DestinationRuleMerge(defaults.exportAwareMerge);
        for (Resource<DestinationRule> resource : sorted) {
            MergedDestinationRule rule = rule(resource, defaults.domain);
            String namespace = resource.namespace();
            var to = rule.exportTo();
            if (to.isEmpty() || to.contains("*") || to.contains(".") || to.contains(namespace)) {
                merge(local, namespace, defaults).add(rule);
            }
            boolean isPrivate = to.isEmpty()
                    ? defaults.exportPrivately
                    : to.size() == 1 && (to.contains(".") || to.contains(namespace));
            if (!isPrivate) {
                merge(exported, namespace, defaults).add(rule);
            } else if (namespace.equals(defaults.rootNamespace)) {
                rootOnly.add(rule);
            }
        }
        return new DestinationRuleIndex(frozen(local), frozen(exported), rootOnly.build(), defaults.rootNamespace);
    }

    private static DestinationRuleMerge merge(
            Map<String, DestinationRuleMerge> byNamespace, String namespace, Defaults defaults) {
        return byNamespace.computeIfAbsent(namespace, k -> new DestinationRuleMerge(defaults.exportAwareMerge));
    }

    private static ImmutableSortedMap<String, HostRules> frozen(Map<String, DestinationRuleMerge> merges) {
        var out = ImmutableSortedMap.<String, HostRules>naturalOrder();
        merges.forEach((namespace, merge) -> out.put(namespace, merge.build()));
        return out.build();
    }

    /** A rule with a workload selector is never exported. */
    private static MergedDestinationRule rule(Resource<DestinationRule> resource, String domain) {
        DestinationRule s = resource.spec();
        DestinationRule resolved = new DestinationRule(
                Hosts.resolve(s.host(), resource.namespace(), domain),
                s.trafficPolicy(),
                s.subsets(),
                s.exportTo(),
                s.workloadSelector());
        ImmutableSortedSet<String> exportTo =
                s.workloadSelector() == null ? ImmutableSortedSet.copyOf(s.exportTo()) : ImmutableSortedSet.of(".");
        return new MergedDestinationRule(resource.withSpec(resolved), exportTo, ImmutableList.of(Origin.of(resource)));
    }

    /** The rules for {@code service} as a proxy in {@code namespace} sees them, those with selectors among them. */
    public ImmutableList<MergedDestinationRule> lookup(String namespace, Service service) {
        ImmutableList<MergedDestinationRule> own = namespace.equals(rootNamespace)
                ? privateToRoot.of(service.hostname())
                : rules(local, namespace).of(service.hostname());
        if (!own.isEmpty()) {
            return own;
        }
        ImmutableList<MergedDestinationRule> ofService = exportedFrom(service.namespace(), service, namespace);
        return ofService.isEmpty() ? exportedFrom(rootNamespace, service, namespace) : ofService;
    }

    private ImmutableList<MergedDestinationRule> exportedFrom(String owner, Service service, String client) {
        return rules(exported, owner).of(service.hostname()).stream()
                .filter(rule -> rule.isExportedTo(client))
                .collect(ImmutableList.toImmutableList());
    }

    private static HostRules rules(ImmutableSortedMap<String, HostRules> byNamespace, String namespace) {
        HostRules found = byNamespace.get(namespace);
        return found == null ? HostRules.NONE : found;
    }

    /** The rule that applies to a workload: one whose selector fits, else the one without a selector. */
    public static @Nullable MergedDestinationRule select(
            ImmutableList<MergedDestinationRule> rules, String namespace, @Nullable Map<String, String> labels) {
        MergedDestinationRule general = null;
        for (MergedDestinationRule rule : rules) {
            var selector = rule.spec().workloadSelector();
            if (selector == null) {
                general = rule;
            } else if (labels != null
                    && rule.resource().namespace().equals(namespace)
                    && labels.entrySet().containsAll(selector.matchLabels().entrySet())) {
                return rule;
            }
        }
        return general;
    }
}
