package io.layar.config.networking;

/** An address allocated for one host of a ServiceEntry. */
public record ServiceEntryAddress(String value, String host) {}
