package io.layar.config.extensions;

/** Whether a plug-in works on HTTP requests or on connections. */
public enum PluginType {
    UNSPECIFIED_PLUGIN_TYPE,
    HTTP,
    NETWORK
}
