package io.layar.mesh.policy;

import io.layar.config.security.PeerAuthentication.MutualTLS;
import org.jspecify.annotations.Nullable;

/** Which connections a workload takes. */
public enum MutualTlsMode {
    /** No policy says anything. */
    UNKNOWN,
    DISABLE,
    PERMISSIVE,
    STRICT;

    static MutualTlsMode of(@Nullable MutualTLS mtls) {
        if (mtls == null) {
            return UNKNOWN;
        }
        return switch (mtls.mode()) {
            case UNSET -> UNKNOWN;
            case DISABLE -> DISABLE;
            case PERMISSIVE -> PERMISSIVE;
            case STRICT -> STRICT;
        };
    }
}
