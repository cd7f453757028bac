package io.layar.config.type;

/** The role of a workload in an exchange. */
public enum WorkloadMode {
    UNDEFINED,
    CLIENT,
    SERVER,
    CLIENT_AND_SERVER
}
