package io.layar.config.security;

import com.google.common.collect.ImmutableList;
import io.layar.config.decode.Limits;
import io.layar.config.decode.OneOf;
import io.layar.config.type.PolicyTargetReference;
import io.layar.config.type.WorkloadSelector;
import org.jspecify.annotations.Nullable;

/** Who may do what on the selected workloads. */
public record AuthorizationPolicy(
        @Nullable WorkloadSelector selector,
        @Nullable PolicyTargetReference targetRef,
        @Limits(maxSize = 16) ImmutableList<PolicyTargetReference> targetRefs,
        @Limits(maxSize = 512) ImmutableList<Rule> rules,
        Action action,
        @OneOf("action_detail") @Nullable ExtensionProvider provider) {
    /** The values of {@code Action} in {@link AuthorizationPolicy}. */
    public enum Action {
        ALLOW,
        DENY,
        AUDIT,
        CUSTOM
    }

    /** The {@code ExtensionProvider} message of {@link AuthorizationPolicy}. */
    public record ExtensionProvider(String name) {}
}
