package io.layar.config.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.layar.base.Problem;
import io.layar.config.mesh.MeshConfig;
import io.layar.config.networking.DestinationRule;
import io.layar.config.networking.LoadBalancerSettings.SimpleLB;
import io.layar.config.networking.VirtualService;
import io.layar.config.security.PeerAuthentication;
import io.layar.config.yaml.YamlLimits;
import io.layar.config.yaml.YamlReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@NullUnmarked
class DecoderTest {
    private final List<Problem> problems = new ArrayList<>();

    private <R extends Record> @Nullable R decode(Dialect dialect, Class<R> type, String yaml) {
        var value = new YamlReader(YamlLimits.DEFAULT)
                .read("f.yaml", yaml)
                .documents()
                .get(0);
        return new Decoder(dialect).decode(type, value, FieldPath.ROOT.field("spec"), problems);
    }

    private VirtualService virtualService(String yaml) {
        return decode(Dialect.ISTIO, VirtualService.class, yaml);
    }

    private void problemIs(String expected) {
        assertThat(problems).extracting(Problem::toString).containsExactly(expected);
    }

    @Test
    void absentAndZeroAreToldApartWhereTheApiDoes() {
        var rule = decode(Dialect.ISTIO, DestinationRule.class, """
            host: a
            trafficPolicy:
              outlierDetection: {consecutive5xxErrors: 0, interval: null}
            """);
        var outlier = rule.trafficPolicy().outlierDetection();
        assertThat(outlier.consecutive5xxErrors()).isZero();
        assertThat(outlier.consecutiveGatewayErrors()).isNull();
        assertThat(outlier.interval()).isNull();
        assertThat(outlier.maxEjectionPercent()).isZero();
        assertThat(rule.subsets()).isEmpty();
        assertThat(rule.trafficPolicy().tls()).isNull();
    }

    @Test
    void bothSpellingsOfANameAreReadButNotTogether() {
        var rule = decode(Dialect.ISTIO, DestinationRule.class, """
            host: a
            traffic_policy: {outlier_detection: {consecutive_5xx_errors: 7}}
            """);
        assertThat(rule.trafficPolicy().outlierDetection().consecutive5xxErrors())
                .isEqualTo(7);
        decode(Dialect.ISTIO, DestinationRule.class, "host: a\nexportTo: []\nexport_to: []\n");
        problemIs("f.yaml:3:1: error: spec.export_to: the same field as \"exportTo\", given twice");
    }

    @Test
    void anUnknownFieldIsReportedWithItsPathAndItsPlace() {
        virtualService("hosts: [a]\nhttp:\n- route:\n  - destination: {host: b}\n    wieght: 3\n");
        problemIs("f.yaml:5:5: error: spec.http[0].route[0].wieght: unknown field; did you mean \"weight\"?");
    }

    @Test
    void everyProblemIsReportedAtOnce() {
        virtualService("""
            hosts: a
            http:
            - timeout: 5
              route: [{destination: {host: b, port: {number: -1}}, weight: heavy}]
              match: [{uri: {exact: /a, prefix: /b}}]
            """);
        assertThat(problems)
                .extracting(Problem::toString)
                .containsExactly(
                        "f.yaml:1:8: error: spec.hosts: string \"a\" (expected: list)",
                        "f.yaml:3:12: error: spec.http[0].timeout: number 5 (expected: duration such as 1.5s or 1h30m)",
                        "f.yaml:4:50: error: spec.http[0].route[0].destination.port.number: number -1"
                                + " (expected: number 0..4294967295)",
                        "f.yaml:4:64: error: spec.http[0].route[0].weight: string \"heavy\""
                                + " (expected: number of 32 bits)",
                        "f.yaml:5:29: error: spec.http[0].match[0].uri: exact, prefix are all given"
                                + " (expected: at most one of them)");
    }

    @Test
    void anEnumIsReadByNameAndInMeshConfigByNumber() {
        var rule = decode(
                Dialect.ISTIO,
                DestinationRule.class,
                "{host: a, trafficPolicy: {loadBalancer: {simple: LEAST_REQUEST}}}");
        assertThat(rule.trafficPolicy().loadBalancer().simple()).isEqualTo(SimpleLB.LEAST_REQUEST);
        var mesh = decode(
                Dialect.PROTO_JSON, MeshConfig.class, "outboundTrafficPolicy: {mode: 3}\nproxyListenPort: \"1\"");
        assertThat(mesh.outboundTrafficPolicy().mode())
                .isEqualTo(MeshConfig.OutboundTrafficPolicy.Mode.ALLOW_ANY_DYNAMIC_DNS);
        assertThat(mesh.proxyListenPort()).isEqualTo(1);
        assertThat(problems).isEmpty();
        decode(Dialect.ISTIO, DestinationRule.class, "trafficPolicy: {loadBalancer: {simple: LEAST_REQUESTS}}");
        assertThat(problems.get(0).message()).contains("did you mean \"LEAST_REQUEST\"?");
    }

    @Test
    void anUnknownFieldOfMeshConfigIsAWarning() {
        decode(Dialect.PROTO_JSON, MeshConfig.class, "trustdomain: a");
        problemIs("f.yaml:1:1: warning: spec.trustdomain: unknown field; did you mean \"trustDomain\"?");
    }

    @Test
    void unsignedNumbersAndNumericKeysAreRead() {
        var policy = decode(Dialect.ISTIO, PeerAuthentication.class, "portLevelMtls: {8080: {mode: STRICT}}");
        assertThat(policy.portLevelMtls()).containsOnlyKeys(8080);
        decode(Dialect.ISTIO, PeerAuthentication.class, "portLevelMtls: {web: {mode: STRICT}}");
        problemIs("f.yaml:1:22: error: spec.portLevelMtls.web: key \"web\" (expected: number 0..4294967295)");
    }

    @Test
    void durationsAreReadAsTheApiWritesThem() {
        var route = virtualService("http: [{timeout: 1h0.5s}]").http().get(0);
        assertThat(route.timeout()).isEqualTo(Duration.ofHours(1).plusMillis(500));
    }

    @Test
    void encodingIsTheReverseOfDecoding() {
        var service = virtualService("""
            hosts: [a, b]
            http:
            - name: x
              match: [{headers: {end-user: {exact: jason}}, port: 80}]
              route: [{destination: {host: b, subset: v1}, weight: 100}]
              fault: {delay: {percentage: {value: 0.1}, fixedDelay: 5s}}
              retries: {attempts: 3, perTryTimeout: 2s, retryRemoteLocalities: false}
            """);
        assertThat(problems).isEmpty();
        assertThat(new Decoder(Dialect.ISTIO)
                        .decode(VirtualService.class, Decoder.encode(service), FieldPath.ROOT, problems))
                .isEqualTo(service);
        assertThat(Decoder.encode(service).fields()).containsOnlyKeys("hosts", "http");
    }
}
