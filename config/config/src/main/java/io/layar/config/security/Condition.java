package io.layar.config.security;

import com.google.common.collect.ImmutableList;
import io.layar.config.decode.Required;

/** A condition on an attribute of a request. */
public record Condition(@Required String key, ImmutableList<String> values, ImmutableList<String> notValues) {}
