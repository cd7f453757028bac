package io.layar.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class CaptureRulesTest {
    /** Options that {@link CaptureSettings} models; a recorded case that sets another one belongs to the agent. */
    private static final Set<String> MODELLED = Set.of(
            "PROXY_PORT",
            "INBOUND_CAPTURE_PORT",
            "INBOUND_TUNNEL_PORT",
            "PROXY_UID",
            "PROXY_GID",
            "INBOUND_INTERCEPTION_MODE",
            "INBOUND_TPROXY_MARK",
            "INBOUND_TPROXY_ROUTE_TABLE",
            "INBOUND_PORTS_INCLUDE",
            "INBOUND_PORTS_EXCLUDE",
            "OUTBOUND_OWNER_GROUPS_INCLUDE",
            "OUTBOUND_PORTS_INCLUDE",
            "OUTBOUND_PORTS_EXCLUDE",
            "OUTBOUND_IPRANGES_INCLUDE",
            "OUTBOUND_IPRANGES_EXCLUDE",
            "EXCLUDE_INTERFACES",
            "HOST_IPV4_LOOPBACK_CIDR",
            "DRY_RUN");

    @TestFactory
    Stream<DynamicTest> rulesAreThoseRecordedFromIstio() throws IOException {
        Path file = Path.of(System.getProperty("layar.shared", "../../../shared"), "golden/iptables/cases.json");
        assumeTrue(Files.exists(file), "no recorded rules at " + file);
        List<JsonNode> cases = new ArrayList<>();
        JsonNode root = new ObjectMapper().readTree(file.toFile());
        (root.isArray() ? root : root.get("cases")).forEach(one -> {
            if (modelled(one)) {
                cases.add(one);
            }
        });
        assertThat(cases).hasSizeGreaterThan(8);
        return cases.stream()
                .map(one -> DynamicTest.dynamicTest(one.get("id").asText(), () -> {
                    List<String> recorded = new ArrayList<>();
                    one.get("rules").forEach(rule -> recorded.add(rule.asText()));
                    recorded.removeIf(rule -> rule.startsWith("iptables-save")
                            || rule.startsWith("ip6tables-save")
                            || rule.startsWith("ip "));
                    assertThat(CaptureRules.restoreInput(settings(one.get("config")))
                                    .strip()
                                    .split("\n"))
                            .containsExactlyElementsOf(recorded);
                }));
    }

    private static boolean modelled(JsonNode one) {
        JsonNode config = one.get("config");
        boolean ipv4 = !config.path("OUTBOUND_IPRANGES_INCLUDE").asText().contains(":")
                && !config.path("OUTBOUND_IPRANGES_EXCLUDE").asText().contains(":");
        boolean onlyModelled = config.propertyStream()
                .allMatch(option -> MODELLED.contains(option.getKey())
                        || option.getValue().isNull()
                        || option.getValue().asText().isEmpty()
                        || option.getValue().asText().equals("false")
                        || option.getValue().asText().equals("0"));
        boolean ownDefaults =
                config.path("OUTBOUND_OWNER_GROUPS_INCLUDE").asText().equals("*")
                        && config.path("HOST_IPV4_LOOPBACK_CIDR").asText().equals("127.0.0.1/32")
                        && config.path("INBOUND_TPROXY_MARK").asText().equals("1337");
        return ipv4 && onlyModelled && ownDefaults && one.get("rules").size() > 2 && !one.has("error");
    }

    private static CaptureSettings settings(JsonNode config) {
        var mode = config.get("INBOUND_INTERCEPTION_MODE").asText().equals("TPROXY")
                ? CaptureSettings.Mode.TPROXY
                : CaptureSettings.Mode.REDIRECT;
        CaptureSettings base = CaptureSettings.sidecar(mode);
        CaptureSettings ported = new CaptureSettings(
                mode,
                config.get("PROXY_PORT").asInt(),
                config.get("INBOUND_CAPTURE_PORT").asInt(),
                config.get("INBOUND_TUNNEL_PORT").asInt(),
                com.google.common.collect.ImmutableList.copyOf(list(config, "PROXY_UID")),
                com.google.common.collect.ImmutableList.copyOf(list(config, "PROXY_GID")),
                base.inboundPortsInclude(),
                base.inboundPortsExclude(),
                base.outboundPortsInclude(),
                base.outboundPortsExclude(),
                base.outboundRangesInclude(),
                base.outboundRangesExclude(),
                base.excludeInterfaces());
        return ported.withInboundPorts(list(config, "INBOUND_PORTS_INCLUDE"), list(config, "INBOUND_PORTS_EXCLUDE"))
                .withOutboundPorts(list(config, "OUTBOUND_PORTS_INCLUDE"), list(config, "OUTBOUND_PORTS_EXCLUDE"))
                .withOutboundRanges(
                        list(config, "OUTBOUND_IPRANGES_INCLUDE"), list(config, "OUTBOUND_IPRANGES_EXCLUDE"))
                .withExcludedInterfaces(list(config, "EXCLUDE_INTERFACES"));
    }

    private static List<String> list(JsonNode config, String option) {
        String text = config.path(option).asText();
        return text.isEmpty() || text.equals("null") ? List.of() : List.of(text.split(","));
    }

    @Test
    void allRangesTogetherWithAListIsRefused() {
        var settings = CaptureSettings.sidecar(CaptureSettings.Mode.REDIRECT);
        assertThatThrownBy(() -> settings.withOutboundRanges(List.of("*", "10.0.0.0/8"), List.of()))
                .hasMessageContaining("expected: either * alone");
    }
}
