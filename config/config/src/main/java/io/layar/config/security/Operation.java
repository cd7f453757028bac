package io.layar.config.security;

import com.google.common.collect.ImmutableList;

/** The operation of a request; all fields given must match, one value of each suffices. */
public record Operation(
        ImmutableList<String> hosts,
        ImmutableList<String> notHosts,
        ImmutableList<String> ports,
        ImmutableList<String> notPorts,
        ImmutableList<String> methods,
        ImmutableList<String> notMethods,
        ImmutableList<String> paths,
        ImmutableList<String> notPaths) {}
