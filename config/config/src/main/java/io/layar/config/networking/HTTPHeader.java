package io.layar.config.networking;

/** A header of a probe. */
public record HTTPHeader(String name, String value) {}
