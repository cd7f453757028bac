package io.layar.config.networking;

import io.layar.config.decode.OneOf;
import io.layar.config.decode.Unsigned;
import org.jspecify.annotations.Nullable;

/** An answer that sends the client elsewhere. */
public record HTTPRedirect(
        String uri,
        String authority,
        @OneOf("redirect_port") @Unsigned @Nullable Integer port,
        @OneOf("redirect_port") @Nullable RedirectPortSelection derivePort,
        String scheme,
        @Unsigned int redirectCode,
        String prefixRewrite) {
    /** The values of {@code RedirectPortSelection} in {@link HTTPRedirect}. */
    public enum RedirectPortSelection {
        FROM_PROTOCOL_DEFAULT,
        FROM_REQUEST_PORT
    }
}
