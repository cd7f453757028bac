package io.layar.config.telemetry;

/** The role of a workload in an exchange. */
public enum WorkloadMode {
    CLIENT_AND_SERVER,
    CLIENT,
    SERVER
}
