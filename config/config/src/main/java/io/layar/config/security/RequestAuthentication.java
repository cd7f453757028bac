package io.layar.config.security;

import com.google.common.collect.ImmutableList;
import io.layar.config.decode.Limits;
import io.layar.config.type.PolicyTargetReference;
import io.layar.config.type.WorkloadSelector;
import org.jspecify.annotations.Nullable;

/** Which JSON web tokens are accepted by the selected workloads. */
public record RequestAuthentication(
        @Nullable WorkloadSelector selector,
        @Nullable PolicyTargetReference targetRef,
        @Limits(maxSize = 16) ImmutableList<PolicyTargetReference> targetRefs,
        @Limits(maxSize = 4096) ImmutableList<JWTRule> jwtRules) {}
