package io.layar.config.mesh;

import com.google.common.collect.ImmutableList;
import io.layar.config.decode.OneOf;
import org.jspecify.annotations.Nullable;

/** Who sees a ServiceEntry that does not say so itself. */
public record ServiceEntryVisibility(
        Visibility defaultVisibility, boolean applyToSidecars, ImmutableList<Policy> policies) {
    /** The values of {@code Visibility} in {@link ServiceEntryVisibility}. */
    public enum Visibility {
        VISIBILITY_UNSPECIFIED,
        NONE,
        NAMESPACE,
        PUBLIC
    }

    /** The {@code Policy} message of {@link ServiceEntryVisibility}. */
    public record Policy(Visibility visibility, ImmutableList<MatchRule> matchingRules) {}

    /** The {@code MatchRule} message of {@link ServiceEntryVisibility}. */
    public record MatchRule(@OneOf("matcher") @Nullable LabelSelector namespaceSelector) {}
}
