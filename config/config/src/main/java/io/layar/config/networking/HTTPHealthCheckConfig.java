package io.layar.config.networking;

import com.google.common.collect.ImmutableList;
import io.layar.config.decode.Limits;
import io.layar.config.decode.Required;
import io.layar.config.decode.Unsigned;

/** A probe by HTTP request. */
public record HTTPHealthCheckConfig(
        String path,
        @Required @Limits(min = 1, max = 65535) @Unsigned int port,
        String host,
        String scheme,
        ImmutableList<HTTPHeader> httpHeaders) {}
