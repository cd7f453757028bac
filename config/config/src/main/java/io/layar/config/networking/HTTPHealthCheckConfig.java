package io.layar.config.networking;

import com.google.common.collect.ImmutableList;
import io.layar.config.decode.Unsigned;

/** A probe by HTTP request. */
public record HTTPHealthCheckConfig(
        String path,
        @Unsigned int port,
        String host,
        String scheme,
        ImmutableList<HTTPHeader> httpHeaders) {}
