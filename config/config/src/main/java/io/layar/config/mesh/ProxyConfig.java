package io.layar.config.mesh;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.layar.config.decode.OneOf;
import io.layar.config.decode.Records;
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
    public ProxyConfig withConfigPath(String configPath) {
        return Records.with(this, "configPath", configPath);
    }

    public ProxyConfig withBinaryPath(String binaryPath) {
        return Records.with(this, "binaryPath", binaryPath);
    }

    public ProxyConfig withServiceCluster(@Nullable String serviceCluster) {
        return Records.with(this, "serviceCluster", serviceCluster);
    }

    public ProxyConfig withTracingServiceName(@Nullable TracingServiceName tracingServiceName) {
        return Records.with(this, "tracingServiceName", tracingServiceName);
    }

    public ProxyConfig withDrainDuration(@Nullable Duration drainDuration) {
        return Records.with(this, "drainDuration", drainDuration);
    }

    public ProxyConfig withDiscoveryAddress(String discoveryAddress) {
        return Records.with(this, "discoveryAddress", discoveryAddress);
    }

    public ProxyConfig withDiscoveryRefreshDelay(@Nullable Duration discoveryRefreshDelay) {
        return Records.with(this, "discoveryRefreshDelay", discoveryRefreshDelay);
    }

    public ProxyConfig withZipkinAddress(String zipkinAddress) {
        return Records.with(this, "zipkinAddress", zipkinAddress);
    }

    public ProxyConfig withStatsdUdpAddress(String statsdUdpAddress) {
        return Records.with(this, "statsdUdpAddress", statsdUdpAddress);
    }

    public ProxyConfig withEnvoyMetricsServiceAddress(String envoyMetricsServiceAddress) {
        return Records.with(this, "envoyMetricsServiceAddress", envoyMetricsServiceAddress);
    }

    public ProxyConfig withProxyAdminPort(int proxyAdminPort) {
        return Records.with(this, "proxyAdminPort", proxyAdminPort);
    }

    public ProxyConfig withAvailabilityZone(String availabilityZone) {
        return Records.with(this, "availabilityZone", availabilityZone);
    }

    public ProxyConfig withControlPlaneAuthPolicy(AuthenticationPolicy controlPlaneAuthPolicy) {
        return Records.with(this, "controlPlaneAuthPolicy", controlPlaneAuthPolicy);
    }

    public ProxyConfig withCustomConfigFile(String customConfigFile) {
        return Records.with(this, "customConfigFile", customConfigFile);
    }

    public ProxyConfig withStatNameLength(int statNameLength) {
        return Records.with(this, "statNameLength", statNameLength);
    }

    public ProxyConfig withConcurrency(@Nullable Integer concurrency) {
        return Records.with(this, "concurrency", concurrency);
    }

    public ProxyConfig withProxyBootstrapTemplatePath(String proxyBootstrapTemplatePath) {
        return Records.with(this, "proxyBootstrapTemplatePath", proxyBootstrapTemplatePath);
    }

    public ProxyConfig withInterceptionMode(InboundInterceptionMode interceptionMode) {
        return Records.with(this, "interceptionMode", interceptionMode);
    }

    public ProxyConfig withTracing(@Nullable Tracing tracing) {
        return Records.with(this, "tracing", tracing);
    }

    public ProxyConfig withSds(@Nullable SDS sds) {
        return Records.with(this, "sds", sds);
    }

    public ProxyConfig withEnvoyAccessLogService(@Nullable RemoteService envoyAccessLogService) {
        return Records.with(this, "envoyAccessLogService", envoyAccessLogService);
    }

    public ProxyConfig withEnvoyMetricsService(@Nullable RemoteService envoyMetricsService) {
        return Records.with(this, "envoyMetricsService", envoyMetricsService);
    }

    public ProxyConfig withProxyMetadata(ImmutableMap<String, String> proxyMetadata) {
        return Records.with(this, "proxyMetadata", proxyMetadata);
    }

    public ProxyConfig withRuntimeValues(ImmutableMap<String, String> runtimeValues) {
        return Records.with(this, "runtimeValues", runtimeValues);
    }

    public ProxyConfig withStatusPort(int statusPort) {
        return Records.with(this, "statusPort", statusPort);
    }

    public ProxyConfig withExtraStatTags(ImmutableList<String> extraStatTags) {
        return Records.with(this, "extraStatTags", extraStatTags);
    }

    public ProxyConfig withGatewayTopology(@Nullable Topology gatewayTopology) {
        return Records.with(this, "gatewayTopology", gatewayTopology);
    }

    public ProxyConfig withTerminationDrainDuration(@Nullable Duration terminationDrainDuration) {
        return Records.with(this, "terminationDrainDuration", terminationDrainDuration);
    }

    public ProxyConfig withMeshId(String meshId) {
        return Records.with(this, "meshId", meshId);
    }

    public ProxyConfig withReadinessProbe(@Nullable ReadinessProbe readinessProbe) {
        return Records.with(this, "readinessProbe", readinessProbe);
    }

    public ProxyConfig withProxyStatsMatcher(@Nullable ProxyStatsMatcher proxyStatsMatcher) {
        return Records.with(this, "proxyStatsMatcher", proxyStatsMatcher);
    }

    public ProxyConfig withHoldApplicationUntilProxyStarts(@Nullable Boolean holdApplicationUntilProxyStarts) {
        return Records.with(this, "holdApplicationUntilProxyStarts", holdApplicationUntilProxyStarts);
    }

    public ProxyConfig withCaCertificatesPem(ImmutableList<String> caCertificatesPem) {
        return Records.with(this, "caCertificatesPem", caCertificatesPem);
    }

    public ProxyConfig withImage(@Nullable ProxyImage image) {
        return Records.with(this, "image", image);
    }

    public ProxyConfig withPrivateKeyProvider(@Nullable PrivateKeyProvider privateKeyProvider) {
        return Records.with(this, "privateKeyProvider", privateKeyProvider);
    }

    public ProxyConfig withProxyHeaders(@Nullable ProxyHeaders proxyHeaders) {
        return Records.with(this, "proxyHeaders", proxyHeaders);
    }

    public ProxyConfig withFileFlushInterval(@Nullable Duration fileFlushInterval) {
        return Records.with(this, "fileFlushInterval", fileFlushInterval);
    }

    public ProxyConfig withFileFlushMinSizeKb(int fileFlushMinSizeKb) {
        return Records.with(this, "fileFlushMinSizeKb", fileFlushMinSizeKb);
    }

    public ProxyConfig withStatsCompression(@Nullable Boolean statsCompression) {
        return Records.with(this, "statsCompression", statsCompression);
    }

    public ProxyConfig withConnectionSettings(@Nullable ConnectionSettings connectionSettings) {
        return Records.with(this, "connectionSettings", connectionSettings);
    }

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
