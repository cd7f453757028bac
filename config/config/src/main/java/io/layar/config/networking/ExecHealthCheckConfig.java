package io.layar.config.networking;

import com.google.common.collect.ImmutableList;
import io.layar.config.decode.Elements;
import io.layar.config.decode.Required;

/** A probe that runs a command. */
public record ExecHealthCheckConfig(
        @Required @Elements(minSize = 1) ImmutableList<String> command) {}
