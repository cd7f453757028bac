package io.layar.config.mesh;

import com.google.common.collect.ImmutableList;
import io.layar.config.decode.Number;
import io.layar.config.decode.OneOf;
import io.layar.config.decode.Records;
import io.layar.config.networking.ClientTLSSettings;
import io.layar.config.networking.ConnectionPoolSettings;
import io.layar.config.networking.HTTPRetry;
import io.layar.config.networking.LocalityLoadBalancerSetting;
import io.layar.config.networking.OutlierDetection;
import io.layar.config.networking.ZoneAwareLoadBalancerSetting;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Configuration that holds for the whole mesh. */
public record MeshConfig(
        int proxyListenPort,
        int proxyInboundListenPort,
        int proxyHttpPort,
        @Nullable Duration connectTimeout,
        @Nullable Duration hboneIdleTimeout,
        @Nullable Duration protocolDetectionTimeout,
        ConnectionPoolSettings.TCPSettings.@Nullable TcpKeepalive tcpKeepalive,
        String ingressClass,
        String ingressService,
        IngressControllerMode ingressControllerMode,
        String ingressSelector,
        boolean enableTracing,
        String accessLogFile,
        String accessLogFormat,
        AccessLogEncoding accessLogEncoding,
        boolean enableEnvoyAccessLogService,
        boolean disableEnvoyListenerLog,
        @Nullable ProxyConfig defaultConfig,
        @Nullable OutboundTrafficPolicy outboundTrafficPolicy,
        @Nullable InboundTrafficPolicy inboundTrafficPolicy,
        ImmutableList<ConfigSource> configSources,
        @Nullable Boolean enableAutoMtls,
        String trustDomain,
        ImmutableList<String> trustDomainAliases,
        ImmutableList<CertificateData> caCertificates,
        ImmutableList<String> defaultServiceExportTo,
        ImmutableList<String> defaultVirtualServiceExportTo,
        ImmutableList<String> defaultDestinationRuleExportTo,
        String rootNamespace,
        @Nullable LocalityLoadBalancerSetting localityLbSetting,
        @Nullable ZoneAwareLoadBalancerSetting zoneAwareLbSetting,
        @Nullable Duration dnsRefreshRate,
        H2UpgradePolicy h2UpgradePolicy,
        String inboundClusterStatName,
        String outboundClusterStatName,
        ImmutableList<Certificate> certificates,
        ImmutableList<ServiceSettings> serviceSettings,
        ImmutableList<ServiceScopeConfigs> serviceScopeConfigs,
        @Nullable Boolean enablePrometheusMerge,
        @Nullable Boolean verifyCertificateAtClient,
        @Nullable CA ca,
        ImmutableList<ExtensionProvider> extensionProviders,
        @Nullable DefaultProviders defaultProviders,
        ImmutableList<LabelSelector> discoverySelectors,
        @Nullable ProxyPathNormalization pathNormalization,
        @Nullable HTTPRetry defaultHttpRetryPolicy,
        @Nullable HTTPRetry defaultInboundHttpRetryPolicy,
        @Nullable TLSConfig meshMTLS,
        @Nullable TLSConfig tlsDefaults,
        @Nullable DefaultTrafficPolicy defaultTrafficPolicy,
        @Nullable ServiceEntryVisibility serviceEntryVisibility) {
    public MeshConfig withProxyListenPort(int proxyListenPort) {
        return Records.with(this, "proxyListenPort", proxyListenPort);
    }

    public MeshConfig withProxyInboundListenPort(int proxyInboundListenPort) {
        return Records.with(this, "proxyInboundListenPort", proxyInboundListenPort);
    }

    public MeshConfig withProxyHttpPort(int proxyHttpPort) {
        return Records.with(this, "proxyHttpPort", proxyHttpPort);
    }

    public MeshConfig withConnectTimeout(@Nullable Duration connectTimeout) {
        return Records.with(this, "connectTimeout", connectTimeout);
    }

    public MeshConfig withHboneIdleTimeout(@Nullable Duration hboneIdleTimeout) {
        return Records.with(this, "hboneIdleTimeout", hboneIdleTimeout);
    }

    public MeshConfig withProtocolDetectionTimeout(@Nullable Duration protocolDetectionTimeout) {
        return Records.with(this, "protocolDetectionTimeout", protocolDetectionTimeout);
    }

    public MeshConfig withTcpKeepalive(ConnectionPoolSettings.TCPSettings.@Nullable TcpKeepalive tcpKeepalive) {
        return Records.with(this, "tcpKeepalive", tcpKeepalive);
    }

    public MeshConfig withEnableTracing(boolean enableTracing) {
        return Records.with(this, "enableTracing", enableTracing);
    }

    public MeshConfig withAccessLogFile(String accessLogFile) {
        return Records.with(this, "accessLogFile", accessLogFile);
    }

    public MeshConfig withAccessLogFormat(String accessLogFormat) {
        return Records.with(this, "accessLogFormat", accessLogFormat);
    }

    public MeshConfig withAccessLogEncoding(AccessLogEncoding accessLogEncoding) {
        return Records.with(this, "accessLogEncoding", accessLogEncoding);
    }

    public MeshConfig withDisableEnvoyListenerLog(boolean disableEnvoyListenerLog) {
        return Records.with(this, "disableEnvoyListenerLog", disableEnvoyListenerLog);
    }

    public MeshConfig withDefaultConfig(@Nullable ProxyConfig defaultConfig) {
        return Records.with(this, "defaultConfig", defaultConfig);
    }

    public MeshConfig withOutboundTrafficPolicy(@Nullable OutboundTrafficPolicy outboundTrafficPolicy) {
        return Records.with(this, "outboundTrafficPolicy", outboundTrafficPolicy);
    }

    public MeshConfig withInboundTrafficPolicy(@Nullable InboundTrafficPolicy inboundTrafficPolicy) {
        return Records.with(this, "inboundTrafficPolicy", inboundTrafficPolicy);
    }

    public MeshConfig withEnableAutoMtls(@Nullable Boolean enableAutoMtls) {
        return Records.with(this, "enableAutoMtls", enableAutoMtls);
    }

    public MeshConfig withTrustDomain(String trustDomain) {
        return Records.with(this, "trustDomain", trustDomain);
    }

    public MeshConfig withTrustDomainAliases(ImmutableList<String> trustDomainAliases) {
        return Records.with(this, "trustDomainAliases", trustDomainAliases);
    }

    public MeshConfig withDefaultServiceExportTo(ImmutableList<String> defaultServiceExportTo) {
        return Records.with(this, "defaultServiceExportTo", defaultServiceExportTo);
    }

    public MeshConfig withDefaultVirtualServiceExportTo(ImmutableList<String> defaultVirtualServiceExportTo) {
        return Records.with(this, "defaultVirtualServiceExportTo", defaultVirtualServiceExportTo);
    }

    public MeshConfig withDefaultDestinationRuleExportTo(ImmutableList<String> defaultDestinationRuleExportTo) {
        return Records.with(this, "defaultDestinationRuleExportTo", defaultDestinationRuleExportTo);
    }

    public MeshConfig withRootNamespace(String rootNamespace) {
        return Records.with(this, "rootNamespace", rootNamespace);
    }

    public MeshConfig withLocalityLbSetting(@Nullable LocalityLoadBalancerSetting localityLbSetting) {
        return Records.with(this, "localityLbSetting", localityLbSetting);
    }

    public MeshConfig withZoneAwareLbSetting(@Nullable ZoneAwareLoadBalancerSetting zoneAwareLbSetting) {
        return Records.with(this, "zoneAwareLbSetting", zoneAwareLbSetting);
    }

    public MeshConfig withH2UpgradePolicy(H2UpgradePolicy h2UpgradePolicy) {
        return Records.with(this, "h2UpgradePolicy", h2UpgradePolicy);
    }

    public MeshConfig withInboundClusterStatName(String inboundClusterStatName) {
        return Records.with(this, "inboundClusterStatName", inboundClusterStatName);
    }

    public MeshConfig withOutboundClusterStatName(String outboundClusterStatName) {
        return Records.with(this, "outboundClusterStatName", outboundClusterStatName);
    }

    public MeshConfig withEnablePrometheusMerge(@Nullable Boolean enablePrometheusMerge) {
        return Records.with(this, "enablePrometheusMerge", enablePrometheusMerge);
    }

    public MeshConfig withVerifyCertificateAtClient(@Nullable Boolean verifyCertificateAtClient) {
        return Records.with(this, "verifyCertificateAtClient", verifyCertificateAtClient);
    }

    public MeshConfig withCa(@Nullable CA ca) {
        return Records.with(this, "ca", ca);
    }

    public MeshConfig withExtensionProviders(ImmutableList<ExtensionProvider> extensionProviders) {
        return Records.with(this, "extensionProviders", extensionProviders);
    }

    public MeshConfig withDefaultProviders(@Nullable DefaultProviders defaultProviders) {
        return Records.with(this, "defaultProviders", defaultProviders);
    }

    public MeshConfig withDiscoverySelectors(ImmutableList<LabelSelector> discoverySelectors) {
        return Records.with(this, "discoverySelectors", discoverySelectors);
    }

    public MeshConfig withPathNormalization(@Nullable ProxyPathNormalization pathNormalization) {
        return Records.with(this, "pathNormalization", pathNormalization);
    }

    public MeshConfig withDefaultHttpRetryPolicy(@Nullable HTTPRetry defaultHttpRetryPolicy) {
        return Records.with(this, "defaultHttpRetryPolicy", defaultHttpRetryPolicy);
    }

    public MeshConfig withDefaultInboundHttpRetryPolicy(@Nullable HTTPRetry defaultInboundHttpRetryPolicy) {
        return Records.with(this, "defaultInboundHttpRetryPolicy", defaultInboundHttpRetryPolicy);
    }

    public MeshConfig withMeshMTLS(@Nullable TLSConfig meshMTLS) {
        return Records.with(this, "meshMTLS", meshMTLS);
    }

    public MeshConfig withTlsDefaults(@Nullable TLSConfig tlsDefaults) {
        return Records.with(this, "tlsDefaults", tlsDefaults);
    }

    public MeshConfig withDefaultTrafficPolicy(@Nullable DefaultTrafficPolicy defaultTrafficPolicy) {
        return Records.with(this, "defaultTrafficPolicy", defaultTrafficPolicy);
    }

    public MeshConfig withServiceEntryVisibility(@Nullable ServiceEntryVisibility serviceEntryVisibility) {
        return Records.with(this, "serviceEntryVisibility", serviceEntryVisibility);
    }

    /** The values of {@code IngressControllerMode} in {@link MeshConfig}. */
    public enum IngressControllerMode {
        UNSPECIFIED,
        OFF,
        DEFAULT,
        STRICT
    }

    /** The values of {@code AuthPolicy} in {@link MeshConfig}. */
    public enum AuthPolicy {
        NONE,
        MUTUAL_TLS
    }

    /** The values of {@code AccessLogEncoding} in {@link MeshConfig}. */
    public enum AccessLogEncoding {
        TEXT,
        JSON
    }

    /** The values of {@code H2UpgradePolicy} in {@link MeshConfig}. */
    public enum H2UpgradePolicy {
        DO_NOT_UPGRADE,
        UPGRADE
    }

    /** The {@code OutboundTrafficPolicy} message of {@link MeshConfig}. */
    public record OutboundTrafficPolicy(Mode mode, @Nullable ClientTLSSettings tls) {
        /** The values of {@code Mode} in {@link OutboundTrafficPolicy}. */
        public enum Mode {
            REGISTRY_ONLY,
            ALLOW_ANY,
            @Number(3)
            ALLOW_ANY_DYNAMIC_DNS
        }
    }

    /** The {@code InboundTrafficPolicy} message of {@link MeshConfig}. */
    public record InboundTrafficPolicy(Mode mode) {
        /** The values of {@code Mode} in {@link InboundTrafficPolicy}. */
        public enum Mode {
            PASSTHROUGH,
            LOCALHOST
        }
    }

    /** The {@code CertificateData} message of {@link MeshConfig}. */
    public record CertificateData(
            @OneOf("certificate_data") @Nullable String pem,
            @OneOf("certificate_data") @Nullable String spiffeBundleUrl,
            ImmutableList<String> certSigners,
            ImmutableList<String> trustDomains) {}

    /** The {@code ServiceSettings} message of {@link MeshConfig}. */
    public record ServiceSettings(@Nullable Settings settings, ImmutableList<String> hosts) {
        /** The {@code Settings} message of {@link ServiceSettings}. */
        public record Settings(boolean clusterLocal) {}
    }

    /** The {@code ServiceScopeConfigs} message of {@link MeshConfig}. */
    public record ServiceScopeConfigs(
            @Nullable LabelSelector namespaceSelector,
            @Nullable LabelSelector servicesSelector,
            Scope scope) {
        /** The values of {@code Scope} in {@link ServiceScopeConfigs}. */
        public enum Scope {
            LOCAL,
            GLOBAL
        }
    }

    /** The {@code CA} message of {@link MeshConfig}. */
    public record CA(
            String address,
            @Nullable ClientTLSSettings tlsSettings,
            @Nullable Duration requestTimeout,
            boolean istiodSide) {}

    /** The {@code DefaultProviders} message of {@link MeshConfig}. */
    public record DefaultProviders(
            ImmutableList<String> tracing, ImmutableList<String> metrics, ImmutableList<String> accessLogging) {}

    /** The {@code ProxyPathNormalization} message of {@link MeshConfig}. */
    public record ProxyPathNormalization(NormalizationType normalization) {
        /** The values of {@code NormalizationType} in {@link ProxyPathNormalization}. */
        public enum NormalizationType {
            DEFAULT,
            NONE,
            BASE,
            MERGE_SLASHES,
            DECODE_AND_MERGE_SLASHES
        }
    }

    /** The {@code TLSConfig} message of {@link MeshConfig}. */
    public record TLSConfig(
            TLSProtocol minProtocolVersion, ImmutableList<String> ecdhCurves, ImmutableList<String> cipherSuites) {
        /** The values of {@code TLSProtocol} in {@link TLSConfig}. */
        public enum TLSProtocol {
            TLS_AUTO,
            TLSV1_2,
            TLSV1_3
        }
    }

    /** The {@code DefaultTrafficPolicy} message of {@link MeshConfig}. */
    public record DefaultTrafficPolicy(
            @Nullable ConnectionPoolSettings connectionPool,
            @Nullable OutlierDetection outlierDetection) {}
}
