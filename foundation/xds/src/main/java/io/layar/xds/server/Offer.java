package io.layar.xds.server;

import io.layar.xds.ResourceSet;

/** What a client should have of one kind, and the version of the configuration that it comes from. */
public record Offer(ResourceSet resources, String version) {}
