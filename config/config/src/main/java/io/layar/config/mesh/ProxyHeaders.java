package io.layar.config.mesh;

import org.jspecify.annotations.Nullable;

/** Headers that a proxy adds, or not. */
public record ProxyHeaders(
        ForwardClientCertDetails forwardedClientCert,
        @Nullable SetCurrentClientCertDetails setCurrentClientCertDetails,
        @Nullable RequestId requestId,
        @Nullable Server server,
        @Nullable AttemptCount attemptCount,
        @Nullable EnvoyDebugHeaders envoyDebugHeaders,
        @Nullable MetadataExchangeHeaders metadataExchangeHeaders,
        @Nullable Boolean preserveHttp1HeaderCase,
        @Nullable XForwardedHost xForwardedHost,
        @Nullable XForwardedPort xForwardedPort) {
    /** The values of {@code MetadataExchangeMode} in {@link ProxyHeaders}. */
    public enum MetadataExchangeMode {
        UNDEFINED,
        IN_MESH
    }

    /** The {@code Server} message of {@link ProxyHeaders}. */
    public record Server(@Nullable Boolean disabled, String value) {}

    /** The {@code RequestId} message of {@link ProxyHeaders}. */
    public record RequestId(@Nullable Boolean disabled) {}

    /** The {@code AttemptCount} message of {@link ProxyHeaders}. */
    public record AttemptCount(@Nullable Boolean disabled) {}

    /** The {@code XForwardedHost} message of {@link ProxyHeaders}. */
    public record XForwardedHost(@Nullable Boolean enabled) {}

    /** The {@code XForwardedPort} message of {@link ProxyHeaders}. */
    public record XForwardedPort(@Nullable Boolean enabled) {}

    /** The {@code EnvoyDebugHeaders} message of {@link ProxyHeaders}. */
    public record EnvoyDebugHeaders(@Nullable Boolean disabled) {}

    /** The {@code MetadataExchangeHeaders} message of {@link ProxyHeaders}. */
    public record MetadataExchangeHeaders(MetadataExchangeMode mode) {}

    /** The {@code SetCurrentClientCertDetails} message of {@link ProxyHeaders}. */
    public record SetCurrentClientCertDetails(
            @Nullable Boolean subject,
            @Nullable Boolean cert,
            @Nullable Boolean chain,
            @Nullable Boolean dns,
            @Nullable Boolean uri) {}
}
