package io.layar.config.networking;

/** A reference to the VirtualService that holds the rest of a route. */
public record Delegate(String name, String namespace) {}
