package io.layar.proxy.xds;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import io.layar.proxy.core.config.ConfigRejected;
import io.layar.proxy.core.config.Types;
import io.layar.proxy.core.config.Validation;
import io.layar.xds.TypeUrl;

/** From packed resources to messages that keep the rules of their proto files. Thread: main loop. */
final class ResourceTypes {
    private final Validation validation;

    ResourceTypes(Validation validation) {
        this.validation = validation;
    }

    /** Errors: {@link ConfigRejected} for another type, bad bytes or a broken rule. */
    Message parse(TypeUrl type, Any body) {
        String expected = Types.nameOf(type.url());
        if (!Types.nameOf(body.getTypeUrl()).equals(expected)) {
            throw new ConfigRejected("", "Unable to unpack as " + expected + ": [" + body.getTypeUrl() + "]");
        }
        Message message = Types.unpack(body, "");
        validation.check(message, "");
        return message;
    }
}
