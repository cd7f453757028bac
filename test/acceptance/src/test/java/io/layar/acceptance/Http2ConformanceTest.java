package io.layar.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The RFC 9113 cases of h2spec against a listener of ours. Real Envoy 1.40 passes 133 of the 145. */
class Http2ConformanceTest {
    private static final int ENVOY_PASSES = 133;
    private static final Pattern SUMMARY =
            Pattern.compile("(\\d+) tests, (\\d+) passed, (\\d+) skipped, (\\d+) failed");

    private static final String BOOTSTRAP = """
        admin: {address: {socket_address: {address: 127.0.0.1, port_value: @admin@}}}
        static_resources:
          listeners:
          - name: h2
            address: {socket_address: {address: 127.0.0.1, port_value: @port@}}
            filter_chains:
            - filters:
              - name: envoy.filters.network.http_connection_manager
                typed_config:
                  "@type": type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager
                  stat_prefix: h2
                  codec_type: HTTP2
                  http2_protocol_options: {max_concurrent_streams: 100}
                  route_config:
                    virtual_hosts:
                    - name: all
                      domains: ["*"]
                      routes:
                      - match: {prefix: /}
                        direct_response: {status: 200, body: {inline_string: "hello from the proxy"}}
                  http_filters:
                  - name: envoy.filters.http.router
                    typed_config: {"@type": type.googleapis.com/envoy.extensions.filters.http.router.v3.Router}
        """;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Test
    void atLeastWhatEnvoyPassesIsPassed() throws Exception {
        Path h2spec = Peers.onPath("h2spec");
        assumeTrue(h2spec != null, "no h2spec on the PATH");
        try (ProxyUnderTest proxy = ProxyUnderTest.start(folder, BOOTSTRAP)) {
            Process run = new ProcessBuilder(
                            String.valueOf(h2spec), "-h", "127.0.0.1", "-p", String.valueOf(proxy.port), "-o", "2")
                    .redirectErrorStream(true)
                    .start();
            String report = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            run.waitFor();
            Matcher summary = SUMMARY.matcher(report);
            assertThat(summary.find()).as(report).isTrue();
            System.out.println("h2spec: " + summary.group());
            assertThat(Integer.parseInt(summary.group(2))).as(report).isGreaterThanOrEqualTo(ENVOY_PASSES);
        }
    }
}
