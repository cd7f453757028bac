package io.layar.config.mesh;

import com.google.common.collect.ImmutableList;

/** One expression of a label selector. */
public record LabelSelectorRequirement(String key, String operator, ImmutableList<String> values) {}
