package io.layar.config.kubernetes;

/** A reference to an object of the same namespace. */
public record LocalObjectReference(String name) {}
