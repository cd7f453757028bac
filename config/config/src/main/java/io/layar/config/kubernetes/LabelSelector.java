package io.layar.config.kubernetes;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;

/** A Kubernetes label selector: all labels and all expressions must match. */
public record LabelSelector(
        ImmutableMap<String, String> matchLabels, ImmutableList<LabelSelectorRequirement> matchExpressions) {
    /** The {@code LabelSelectorRequirement} message of {@link LabelSelector}. */
    public record LabelSelectorRequirement(String key, String operator, ImmutableList<String> values) {}
}
