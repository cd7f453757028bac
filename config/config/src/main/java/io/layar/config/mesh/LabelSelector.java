package io.layar.config.mesh;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;

/** A Kubernetes label selector: all labels and all expressions must match. */
public record LabelSelector(
        ImmutableMap<String, String> matchLabels, ImmutableList<LabelSelectorRequirement> matchExpressions) {}
