package io.layar.config.extensions;

/** An environment variable. */
public record EnvVar(String name, EnvValueSource valueFrom, String value) {}
