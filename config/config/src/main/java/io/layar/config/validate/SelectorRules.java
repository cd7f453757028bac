package io.layar.config.validate;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.layar.config.Validation;
import io.layar.config.decode.FieldPath;
import io.layar.config.type.PolicyTargetReference;
import io.layar.config.type.WorkloadSelector;
import org.jspecify.annotations.Nullable;

/** Rules of what a policy applies to: labels, or references to objects. */
final class SelectorRules {
    private static final FieldPath SPEC = FieldPath.ROOT.field("spec");
    private static final ImmutableSet<String> ALLOWED = ImmutableSet.of(
            "/Service",
            "core/Service",
            "networking.istio.io/ServiceEntry",
            "gateway.networking.k8s.io/Gateway",
            "gateway.networking.k8s.io/GatewayClass");

    private SelectorRules() {}

    /** A policy has a selector, a reference, or references, but one kind of them at most. */
    static void check(
            Validation v,
            @Nullable WorkloadSelector selector,
            @Nullable PolicyTargetReference reference,
            ImmutableList<PolicyTargetReference> references) {
        int given = (selector != null ? 1 : 0) + (reference != null ? 1 : 0) + (references.isEmpty() ? 0 : 1);
        if (given > 1) {
            v.error(SPEC, "only one of targetRefs or workloadSelector can be set");
        }
        selector(v, selector);
        if (reference != null) {
            reference(v, SPEC.field("targetRef"), reference);
        }
        for (int i = 0; i < references.size(); i++) {
            reference(v, SPEC.field("targetRefs").index(i), references.get(i));
        }
    }

    static void selector(Validation v, @Nullable WorkloadSelector selector) {
        if (selector == null) {
            return;
        }
        var path = SPEC.field("selector");
        SharedRules.selectorLabels(v, path, selector.matchLabels());
        if (selector.matchLabels().isEmpty()) {
            v.warning(path, "workload selector specified without labels");
        }
    }

    private static void reference(Validation v, FieldPath path, PolicyTargetReference reference) {
        if (reference.name().isEmpty()) {
            v.error(path.field("name"), "targetRef name must be set");
        }
        if (!reference.namespace().isEmpty()) {
            v.error(
                    path.field("namespace"),
                    "targetRef namespace must not be set; cross namespace referencing is not supported");
        }
        if (!ALLOWED.contains(reference.group() + "/" + reference.kind())) {
            v.error(
                    path,
                    "targetRef must be to one of Service, ServiceEntry, Gateway, GatewayClass but was %s/%s",
                    reference.group(),
                    reference.kind());
        }
    }
}
