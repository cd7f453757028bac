package io.layar.config.mesh;

import io.layar.config.networking.ClientTLSSettings;
import io.layar.config.networking.ConnectionPoolSettings;
import org.jspecify.annotations.Nullable;

/** The address of a service that proxies report to. */
public record RemoteService(
        String address,
        @Nullable ClientTLSSettings tlsSettings,
        ConnectionPoolSettings.TCPSettings.@Nullable TcpKeepalive tcpKeepalive) {}
