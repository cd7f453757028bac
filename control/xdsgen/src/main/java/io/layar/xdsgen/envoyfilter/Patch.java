package io.layar.xdsgen.envoyfilter;

import com.google.protobuf.Message;
import io.layar.config.networking.EnvoyFilter.ApplyTo;
import io.layar.config.networking.EnvoyFilter.EnvoyConfigObjectMatch;
import io.layar.config.networking.EnvoyFilter.Patch.Operation;
import io.layar.config.networking.EnvoyFilter.PatchContext;
import org.jspecify.annotations.Nullable;

/**
 * One patch of an EnvoyFilter that holds for the proxy.
 *
 * <p>Shape: {@code value} is of the type that {@code applyTo} names, null when none was given.
 */
record Patch(
        ApplyTo applyTo,
        Operation operation,
        @Nullable EnvoyConfigObjectMatch match,
        @Nullable Message value,
        String origin) {

    /** Was it written for that side of that kind of proxy, or for all? */
    boolean isFor(PatchContext context) {
        return match == null || match.context() == PatchContext.ANY || match.context() == context;
    }

    /** Does it name a side? New listeners and clusters are not added to all sides at once. */
    boolean isForAny() {
        return match == null || match.context() == PatchContext.ANY;
    }

    boolean isMerge() {
        return operation == Operation.MERGE || operation == Operation.MERGE_AND_REPLACE_LIST;
    }

    /** Merges the value into {@code builder}, should it have one. */
    void mergeInto(Message.Builder builder) {
        if (value != null) {
            ProtoMerge.merge(builder, value, operation == Operation.MERGE_AND_REPLACE_LIST);
        }
    }
}
