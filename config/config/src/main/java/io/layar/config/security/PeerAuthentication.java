package io.layar.config.security;

import com.google.common.collect.ImmutableMap;
import io.layar.config.decode.Limits;
import io.layar.config.decode.Unsigned;
import io.layar.config.type.WorkloadSelector;
import org.jspecify.annotations.Nullable;

/** Whether the selected workloads accept mutual TLS, plain text or both. */
public record PeerAuthentication(
        @Nullable WorkloadSelector selector,
        @Nullable MutualTLS mtls,
        @Limits(minSize = 1) @Unsigned ImmutableMap<Integer, MutualTLS> portLevelMtls) {
    /** The {@code MutualTLS} message of {@link PeerAuthentication}. */
    public record MutualTLS(Mode mode) {
        /** The values of {@code Mode} in {@link MutualTLS}. */
        public enum Mode {
            UNSET,
            DISABLE,
            PERMISSIVE,
            STRICT
        }
    }
}
