package io.layar.config.security;

import com.google.common.collect.ImmutableList;

/** A condition on an attribute of a request. */
public record Condition(String key, ImmutableList<String> values, ImmutableList<String> notValues) {}
