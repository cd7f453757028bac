package io.layar.proxy.core.config;

import com.google.protobuf.Message;
import com.linecorp.armeria.internal.shaded.xds.pgv.ReflectiveValidatorIndex;
import com.linecorp.armeria.internal.shaded.xds.pgv.ValidationException;
import com.linecorp.armeria.internal.shaded.xds.pgv.ValidatorIndex;

/** The rules written in Envoy's proto files: required fields, ranges, lengths, patterns. Thread: main loop. */
public final class Validation {
    private final ValidatorIndex index = new ReflectiveValidatorIndex();

    /** Checks {@code message} and what is nested in it, but not inside Any. Errors: {@link ConfigRejected} at {@code path}. */
    public void check(Message message, String path) {
        try {
            index.validatorFor(message).assertValid(message);
        } catch (ValidationException e) {
            String full = e.getField();
            String field = full.substring(full.lastIndexOf('.') + 1);
            throw new ConfigRejected(
                    ConfigRejected.join(path, field),
                    "Proto constraint validation failed ("
                            + message.getDescriptorForType().getName() + "ValidationError." + field + ": "
                            + e.getReason() + ")");
        }
    }
}
