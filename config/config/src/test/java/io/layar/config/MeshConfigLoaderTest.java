package io.layar.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.layar.config.mesh.ExtensionProvider;
import io.layar.config.yaml.Value;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

@NullUnmarked
class MeshConfigLoaderTest {
    private final MeshConfigLoader loader = new MeshConfigLoader();

    @Test
    void theDefaultsHoldWithoutAFile() {
        var mesh = loader.defaults();
        assertThat(mesh.connectTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(mesh.enableAutoMtls()).isTrue();
        assertThat(mesh.defaultProviders().metrics()).containsExactly("prometheus");
        assertThat(mesh.extensionProviders())
                .extracting(ExtensionProvider::name)
                .containsExactly("prometheus", "stackdriver", "envoy");
        assertThat(mesh.defaultConfig().discoveryAddress()).isEqualTo("istiod.istio-system.svc:15012");
        assertThat(mesh.defaultConfig().statNameLength()).isEqualTo(189);
        assertThat(mesh.protocolDetectionTimeout()).isEqualTo(Duration.ZERO);
        assertThat(loader.load("", "").problems()).isEmpty();
    }

    @Test
    void mapsJoinListsReplaceAndProvidersJoinByName() {
        var loaded = loader.load("mesh.yaml", """
            defaultProviders: {accessLogging: [envoy]}
            defaultServiceExportTo: ["."]
            trustDomainAliases: [b, a]
            extensionProviders:
            - {name: envoy, envoyFileAccessLog: {path: /tmp/log}}
            - {name: mine, zipkin: {service: z, port: 9411}}
            defaultConfig:
              concurrency: 3
              proxyMetadata: {A: "1"}
            """);
        assertThat(loaded.problems()).isEmpty();
        var mesh = loaded.mesh();
        assertThat(mesh.defaultProviders().metrics()).containsExactly("prometheus");
        assertThat(mesh.defaultProviders().accessLogging()).containsExactly("envoy");
        assertThat(mesh.defaultServiceExportTo()).containsExactly(".");
        assertThat(mesh.trustDomainAliases()).containsExactly("a", "b");
        assertThat(mesh.extensionProviders())
                .extracting(ExtensionProvider::name)
                .containsExactly("prometheus", "stackdriver", "envoy", "mine");
        assertThat(mesh.extensionProviders().get(2).envoyFileAccessLog().path()).isEqualTo("/tmp/log");
        assertThat(mesh.defaultConfig().concurrency()).isEqualTo(3);
        assertThat(mesh.defaultConfig().drainDuration()).isEqualTo(Duration.ofSeconds(45));
    }

    @Test
    void networksAreReadBesideTheMesh() {
        var loaded = loader.load("mesh.yaml", """
            networks:
              n1:
                endpoints: [{fromRegistry: Kubernetes}, {fromCidr: 10.0.0.0/8}]
                gateways: [{address: 1.2.3.4, port: 15443}]
            """);
        assertThat(loaded.problems()).isEmpty();
        assertThat(loaded.networks().networks()).containsOnlyKeys("n1");
        assertThat(loaded.networks().networks().get("n1").gateways().get(0).port())
                .isEqualTo(15443);
    }

    @Test
    void aBadFieldIsReportedWithItsPlaceAndTheRestCounts() {
        var loaded = loader.load("mesh.yaml", "connectTimeout: soon\nrootNamespace: mesh\n");
        assertThat(loaded.hasErrors()).isTrue();
        assertThat(loaded.problems().get(0))
                .hasToString("mesh.yaml:1:17: error: connectTimeout: string \"soon\""
                        + " (expected: duration such as 1.5s or 1h30m)");
        assertThat(loaded.mesh().rootNamespace()).isEqualTo("mesh");
    }

    @Test
    void anAnnotationChangesProxyConfigFieldByField() {
        var base = loader.load("m", "defaultConfig: {proxyMetadata: {A: '1', B: '2'}, concurrency: 2}")
                .mesh()
                .defaultConfig();
        var merged = loader.mergeProxyConfig(base, "annotation", "proxyMetadata: {B: '3'}\nstatusPort: 1\n");
        assertThat(merged.problems()).isEmpty();
        assertThat(merged.config().proxyMetadata()).containsOnly(Map.entry("A", "1"), Map.entry("B", "3"));
        assertThat(merged.config().concurrency()).isEqualTo(2);
        assertThat(merged.config().statusPort()).isEqualTo(1);
    }

    @Test
    void nodeMetadataHoldsAWholeProxyConfig() {
        var value = (Value.Obj) Value.of(Map.of("concurrency", 2.0, "interceptionMode", "TPROXY"));
        var config = loader.proxyConfig(value).config();
        assertThat(config.concurrency()).isEqualTo(2);
        assertThat(config.statusPort()).isZero();
    }
}
