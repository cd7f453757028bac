package io.layar.config.mesh;

import io.layar.config.decode.OneOf;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Hardware acceleration of private key operations. */
public record PrivateKeyProvider(
        @OneOf("provider") @Nullable CryptoMb cryptomb,
        @OneOf("provider") @Nullable QAT qat) {
    /** The {@code CryptoMb} message of {@link PrivateKeyProvider}. */
    public record CryptoMb(
            @Nullable Duration pollDelay, @Nullable Boolean fallback) {}

    /** The {@code QAT} message of {@link PrivateKeyProvider}. */
    public record QAT(
            @Nullable Duration pollDelay, @Nullable Boolean fallback) {}
}
