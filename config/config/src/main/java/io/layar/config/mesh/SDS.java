package io.layar.config.mesh;

/** Settings of secret discovery (kept for old configurations). */
public record SDS(boolean enabled, String k8sSaJwtPath) {}
