package io.layar.config.kubernetes;

import com.google.common.collect.ImmutableList;
import org.jspecify.annotations.Nullable;

/** A check on a container. Units: seconds. */
public record Probe(
        @Nullable ExecAction exec,
        @Nullable HTTPGetAction httpGet,
        @Nullable TCPSocketAction tcpSocket,
        @Nullable GRPCAction grpc,
        int initialDelaySeconds,
        int timeoutSeconds,
        int periodSeconds,
        int successThreshold,
        int failureThreshold,
        @Nullable Long terminationGracePeriodSeconds) {
    /** The {@code ExecAction} message of {@link Probe}. */
    public record ExecAction(ImmutableList<String> command) {}

    /** The {@code HTTPGetAction} message of {@link Probe}. */
    public record HTTPGetAction(
            String path,
            @Nullable IntOrString port,
            String host,
            String scheme,
            ImmutableList<HTTPHeader> httpHeaders) {}

    /** The {@code HTTPHeader} message of {@link Probe}. */
    public record HTTPHeader(String name, String value) {}

    /** The {@code TCPSocketAction} message of {@link Probe}. */
    public record TCPSocketAction(@Nullable IntOrString port, String host) {}

    /** The {@code GRPCAction} message of {@link Probe}. */
    public record GRPCAction(int port, @Nullable String service) {}
}
