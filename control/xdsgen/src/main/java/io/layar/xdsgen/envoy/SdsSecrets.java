package io.layar.xdsgen.envoy;

import io.envoyproxy.envoy.config.core.v3.AggregatedConfigSource;
import io.envoyproxy.envoy.config.core.v3.ApiConfigSource;
import io.envoyproxy.envoy.config.core.v3.ApiVersion;
import io.envoyproxy.envoy.config.core.v3.ConfigSource;
import io.envoyproxy.envoy.config.core.v3.GrpcService;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.SdsSecretConfig;

/** Where a TLS context fetches its secrets: the agent beside the proxy, files served by it, or this control plane. */
public final class SdsSecrets {
    /** The workload's own certificate. */
    public static final String WORKLOAD = "default";
    /** The trust bundle of the mesh. */
    public static final String ROOT = "ROOTCA";
    /** Appended to a credential's name for its CA certificate. */
    public static final String CA_SUFFIX = "-cacert";

    private static final String AGENT_CLUSTER = "sds-grpc";
    private static final String FILES_CLUSTER = "sds-files-grpc";

    private SdsSecrets() {}

    /** From the agent, by name ({@link #WORKLOAD}, {@link #ROOT}, or {@code file-cert:...}). */
    public static SdsSecretConfig fromAgent(String name) {
        SdsSecretConfig secret = secret(name, AGENT_CLUSTER, "");
        if (!name.equals(WORKLOAD) && !name.equals(ROOT)) {
            return secret;
        }
        // The workload's own secrets are always there in the end: a listener waits for them.
        return secret.toBuilder()
                .setSdsConfig(source(AGENT_CLUSTER, "").setInitialFetchTimeout(Protos.ZERO))
                .build();
    }

    /** From the agent's server of files. */
    public static SdsSecretConfig fromFiles(String name) {
        return secret(name, FILES_CLUSTER, "");
    }

    /** From another secret server; a missing secret does not hold the listener up. */
    public static SdsSecretConfig fromServer(String name, String cluster, String authority) {
        return secret(name, cluster, authority);
    }

    /** From this control plane. No fetch timeout of zero: a secret that does not exist must not block a listener. */
    public static SdsSecretConfig fromControlPlane(String name) {
        return SdsSecretConfig.newBuilder()
                .setName(name)
                .setSdsConfig(ConfigSource.newBuilder()
                        .setAds(AggregatedConfigSource.getDefaultInstance())
                        .setResourceApiVersion(ApiVersion.V3))
                .build();
    }

    private static SdsSecretConfig secret(String name, String cluster, String authority) {
        return SdsSecretConfig.newBuilder()
                .setName(name)
                .setSdsConfig(source(cluster, authority))
                .build();
    }

    private static ConfigSource.Builder source(String cluster, String authority) {
        return ConfigSource.newBuilder()
                .setApiConfigSource(ApiConfigSource.newBuilder()
                        .setApiType(ApiConfigSource.ApiType.GRPC)
                        .setSetNodeOnFirstMessageOnly(true)
                        .setTransportApiVersion(ApiVersion.V3)
                        .addGrpcServices(GrpcService.newBuilder()
                                .setEnvoyGrpc(GrpcService.EnvoyGrpc.newBuilder()
                                        .setClusterName(cluster)
                                        .setAuthority(authority))))
                .setResourceApiVersion(ApiVersion.V3);
    }
}
