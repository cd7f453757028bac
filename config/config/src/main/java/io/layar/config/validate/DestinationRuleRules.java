package io.layar.config.validate;

import io.layar.config.Resource;
import io.layar.config.Validation;
import io.layar.config.decode.FieldPath;
import io.layar.config.names.DnsNames;
import io.layar.config.networking.DestinationRule;
import io.layar.config.type.WorkloadSelector;
import java.util.HashSet;
import java.util.stream.Collectors;

/** What is refused or questioned in a DestinationRule. */
final class DestinationRuleRules {
    private static final FieldPath SPEC = FieldPath.ROOT.field("spec");

    private DestinationRuleRules() {}

    static void check(Resource<DestinationRule> resource, Validation v) {
        var rule = resource.spec();
        var namespace = resource.namespace();
        v.require(SPEC.field("host"), DnsNames.wildcardNameProblem(rule.host()));
        TrafficPolicyRules.check(v, SPEC.field("trafficPolicy"), namespace, rule.trafficPolicy());
        var names = new HashSet<String>();
        for (int i = 0; i < rule.subsets().size(); i++) {
            var subset = rule.subsets().get(i);
            var path = SPEC.field("subsets").index(i);
            if (!names.add(subset.name())) {
                v.error(path.field("name"), "duplicate subset names: %s", subset.name());
            }
            subsetName(v, path.field("name"), subset.name());
            SharedRules.labels(v, path.field("labels"), subset.labels());
            TrafficPolicyRules.check(v, path.field("trafficPolicy"), namespace, subset.trafficPolicy());
        }
        SharedRules.exportTo(v, SPEC.field("exportTo"), namespace, rule.exportTo(), false);
        var selector = rule.workloadSelector();
        if (selector != null) {
            selector(v, namespace, rule, selector);
        }
    }

    private static void selector(Validation v, String namespace, DestinationRule rule, WorkloadSelector selector) {
        var scopes = rule.exportTo().stream()
                .map(scope -> scope.equals(".") ? namespace : scope)
                .collect(Collectors.toSet());
        if (!scopes.isEmpty() && !scopes.contains(namespace)) {
            v.error(
                    SPEC.field("exportTo"),
                    "destination rule with workload selector cannot have exportTo beyond current namespace");
        } else if (scopes.size() > 1) {
            v.error(
                    SPEC.field("exportTo"),
                    "destination rule with workload selector cannot have multiple entries in exportTo");
        }
        SharedRules.selectorLabels(v, SPEC.field("workloadSelector"), selector.matchLabels());
        if (selector.matchLabels().isEmpty()) {
            v.warning(SPEC.field("workloadSelector"), "workload selector specified without labels");
        }
    }

    static void subsetName(Validation v, FieldPath path, String name) {
        if (name.isEmpty()) {
            v.error(path, "subset name cannot be empty");
        } else if (!DnsNames.isLabel(name)) {
            v.error(path, "subset name is invalid: %s", name);
        }
    }
}
