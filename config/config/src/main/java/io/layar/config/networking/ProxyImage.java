package io.layar.config.networking;

/** The image that a proxy is started from. */
public record ProxyImage(String imageType) {}
