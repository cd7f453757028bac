package io.layar.config.mesh;

import com.google.common.collect.ImmutableList;

/** A certificate that the control plane makes for DNS names. */
public record Certificate(String secretName, ImmutableList<String> dnsNames) {}
