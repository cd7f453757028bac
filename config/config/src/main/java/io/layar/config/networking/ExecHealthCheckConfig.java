package io.layar.config.networking;

import com.google.common.collect.ImmutableList;

/** A probe that runs a command. */
public record ExecHealthCheckConfig(ImmutableList<String> command) {}
