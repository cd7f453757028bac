package io.layar.mesh;

import io.layar.config.mesh.LabelSelector;
import io.layar.config.mesh.LabelSelectorRequirement;
import java.util.Map;

/** Kubernetes' label selectors. */
public final class LabelSelectors {
    private LabelSelectors() {}

    /** Are all of the selector's labels and expressions true of {@code labels}? */
    public static boolean fits(LabelSelector selector, Map<String, String> labels) {
        return labels.entrySet().containsAll(selector.matchLabels().entrySet())
                && selector.matchExpressions().stream().allMatch(e -> fits(e, labels));
    }

    private static boolean fits(LabelSelectorRequirement requirement, Map<String, String> labels) {
        String value = labels.get(requirement.key());
        return switch (requirement.operator()) {
            case "In" -> value != null && requirement.values().contains(value);
            case "NotIn" -> value == null || !requirement.values().contains(value);
            case "Exists" -> value != null;
            case "DoesNotExist" -> value == null;
            default -> false;
        };
    }
}
