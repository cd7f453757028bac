package io.layar.config;

/** What holds for a mesh before anybody configures it. */
final class MeshDefaults {
    /** The defaults of the program. */
    static final String BUILT_IN = """
        enableTracing: true
        protocolDetectionTimeout: 0s
        ingressService: istio-ingressgateway
        ingressControllerMode: STRICT
        ingressClass: istio
        trustDomain: cluster.local
        trustDomainAliases: []
        enableAutoMtls: true
        outboundTrafficPolicy: {mode: ALLOW_ANY}
        inboundTrafficPolicy: {mode: PASSTHROUGH}
        localityLbSetting: {enabled: true}
        rootNamespace: istio-system
        proxyListenPort: 15001
        proxyInboundListenPort: 15006
        connectTimeout: 10s
        defaultServiceExportTo: ["*"]
        defaultVirtualServiceExportTo: ["*"]
        defaultDestinationRuleExportTo: ["*"]
        dnsRefreshRate: 60s
        enablePrometheusMerge: true
        defaultProviders: {}
        extensionProviders:
        - {name: prometheus, prometheus: {}}
        - {name: stackdriver, stackdriver: {}}
        - {name: envoy, envoyFileAccessLog: {path: /dev/stdout}}
        defaultConfig:
          configPath: ./etc/istio/proxy
          serviceCluster: istio-proxy
          drainDuration: 45s
          terminationDrainDuration: 5s
          proxyAdminPort: 15000
          controlPlaneAuthPolicy: MUTUAL_TLS
          discoveryAddress: istiod.istio-system.svc:15012
          binaryPath: /usr/local/bin/envoy
          statNameLength: 189
          statusPort: 15020
        """;

    /** What a default installation says on top. */
    static final String INSTALLATION = """
        defaultProviders: {metrics: [prometheus]}
        enablePrometheusMerge: true
        trustDomain: cluster.local
        rootNamespace: istio-system
        defaultConfig: {discoveryAddress: "istiod.istio-system.svc:15012"}
        """;

    private MeshDefaults() {}
}
