package io.layar.mesh.policy;

/** Which traffic a workload's port accepts. */
public enum MtlsMode {
    /** Plain text only; TLS passes through untouched. */
    DISABLE,
    /** Mutual TLS, plain text, and TLS of others. */
    PERMISSIVE,
    /** Mutual TLS only. */
    STRICT
}
