package io.layar.config.extensions;

/** When a module is fetched again. */
public enum PullPolicy {
    UNSPECIFIED_POLICY,
    IfNotPresent,
    Always
}
