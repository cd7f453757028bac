package io.layar.config.extensions;

import com.google.common.collect.ImmutableList;
import io.layar.config.decode.Limits;

/** Settings of the virtual machine that runs a plug-in. */
public record VmConfig(@Limits(maxSize = 256) ImmutableList<EnvVar> env) {}
