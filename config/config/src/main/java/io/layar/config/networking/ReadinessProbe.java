package io.layar.config.networking;

import io.layar.config.decode.OneOf;
import org.jspecify.annotations.Nullable;

/** How the readiness of a machine is found out. Units: seconds. */
public record ReadinessProbe(
        int initialDelaySeconds,
        int timeoutSeconds,
        int periodSeconds,
        int successThreshold,
        int failureThreshold,
        @OneOf("health_check_method") @Nullable HTTPHealthCheckConfig httpGet,
        @OneOf("health_check_method") @Nullable TCPHealthCheckConfig tcpSocket,
        @OneOf("health_check_method") @Nullable ExecHealthCheckConfig exec,
        @OneOf("health_check_method") @Nullable GrpcHealthCheckConfig grpc) {}
