package io.layar.config.type;

import io.layar.config.decode.Limits;
import io.layar.config.decode.Required;

/** A reference to the object that a policy is attached to. */
public record PolicyTargetReference(
        @Limits(maxSize = 253, pattern = "^$|^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$")
        String group,

        @Required @Limits(minSize = 1, maxSize = 63, pattern = "^[a-zA-Z]([-a-zA-Z0-9]*[a-zA-Z0-9])?$")
        String kind,

        @Required @Limits(minSize = 1, maxSize = 253) String name,
        String namespace) {}
