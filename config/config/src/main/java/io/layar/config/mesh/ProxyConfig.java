package io.layar.config.mesh;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.layar.config.decode.OneOf;
import io.layar.config.decode.Unsigned;
import io.layar.config.networking.ProxyImage;
import io.layar.config.networking.ReadinessProbe;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Settings of a proxy process: addresses, names, tracing, drain, statistics. */
public record ProxyConfig(
        String configPath,
        String binaryPath,
        @OneOf("cluster_name") @Nullable String serviceCluster,
        @OneOf("cluster_name") @Nullable TracingServiceName tracingServiceName,
        @Nullable Duration drainDuration,
        String discoveryAddress,
        @Nullable Duration discoveryRefreshDelay,
        String zipkinAddress,
        String statsdUdpAddress,
        String envoyMetricsServiceAddress,
        int proxyAdminPort,
        String availabilityZone,
        AuthenticationPolicy controlPlaneAuthPolicy,
        String customConfigFile,
        int statNameLength,
        @Nullable Integer concurrency,
        String proxyBootstrapTemplatePath,
        InboundInterceptionMode interceptionMode,
        @Nullable Tracing tracing,
        @Nullable SDS sds,
        @Nullable RemoteService envoyAccessLogService,
        @Nullable RemoteService envoyMetricsService,
        ImmutableMap<String, String> proxyMetadata,
        ImmutableMap<String, String> runtimeValues,
        int statusPort,
        ImmutableList<String> extraStatTags,
        @Nullable Topology gatewayTopology,
        @Nullable Duration terminationDrainDuration,
        String meshId,
        @Nullable ReadinessProbe readinessProbe,
        @Nullable ProxyStatsMatcher proxyStatsMatcher,
        @Nullable Boolean holdApplicationUntilProxyStarts,
        ImmutableList<String> caCertificatesPem,
        @Nullable ProxyImage image,
        @Nullable PrivateKeyProvider privateKeyProvider,
        @Nullable ProxyHeaders proxyHeaders,
        @Nullable Duration fileFlushInterval,
        @Unsigned int fileFlushMinSizeKb,
        @Nullable Boolean statsCompression,
        @Nullable ConnectionSettings connectionSettings) {
    /** The values of {@code TracingServiceName} in {@link ProxyConfig}. */
    public enum TracingServiceName {
        APP_LABEL_AND_NAMESPACE,
        CANONICAL_NAME_ONLY,
        CANONICAL_NAME_AND_NAMESPACE
    }

    /** The values of {@code InboundInterceptionMode} in {@link ProxyConfig}. */
    public enum InboundInterceptionMode {
        REDIRECT,
        TPROXY,
        NONE
    }

    /** The {@code ProxyStatsMatcher} message of {@link ProxyConfig}. */
    public record ProxyStatsMatcher(
            ImmutableList<String> inclusionPrefixes,
            ImmutableList<String> inclusionSuffixes,
            ImmutableList<String> inclusionRegexps) {}
}
