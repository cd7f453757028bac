package io.layar.config.extensions;

/** Where in the filter chain a plug-in is put. */
public enum PluginPhase {
    UNSPECIFIED_PHASE,
    AUTHN,
    AUTHZ,
    STATS
}
