package io.layar.config.networking;

/** A percentage. Units: 0 to 100. */
public record Percent(double value) {}
