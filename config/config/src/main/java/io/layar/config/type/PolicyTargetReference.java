package io.layar.config.type;

/** A reference to the object that a policy is attached to. */
public record PolicyTargetReference(String group, String kind, String name, String namespace) {}
