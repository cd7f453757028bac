package io.layar.config.extensions;

import com.google.common.collect.ImmutableList;

/** Settings of the virtual machine that runs a plug-in. */
public record VmConfig(ImmutableList<EnvVar> env) {}
