package io.layar.proxy.core.route;

import static io.layar.proxy.core.route.Requests.cluster;
import static io.layar.proxy.core.route.Requests.get;
import static io.layar.proxy.core.route.Requests.info;
import static io.layar.proxy.core.route.Requests.routes;
import static io.layar.proxy.core.route.Requests.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.layar.proxy.core.accesslog.FormatFacts;
import io.layar.proxy.core.config.ConfigRejected;
import io.layar.proxy.core.http.HeaderMap;
import io.layar.proxy.core.runtime.RuntimeValues;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class RouteTableTest {
    private static String host(String name, String... domains) {
        return "virtual_hosts { name: '" + name + "' domains: ['" + String.join("','", domains)
                + "'] routes { match { prefix: '/' } route { cluster: '" + name + "' } } } ";
    }

    @Test
    void exactDomainBeatsLongestSuffixBeatsLongestPrefixBeatsAny() {
        RouteTable table = table(host("exact", "a.foo.com")
                + host("suffix", "*.foo.com")
                + host("short", "*.com")
                + host("prefix", "a.*")
                + host("any", "*"));
        assertThat(cluster(table, get("a.foo.com", "/"))).isEqualTo("exact");
        assertThat(cluster(table, get("b.foo.com", "/"))).isEqualTo("suffix");
        assertThat(cluster(table, get("bar.com", "/"))).isEqualTo("short");
        assertThat(cluster(table, get("a.org", "/"))).isEqualTo("prefix");
        assertThat(cluster(table, get("else", "/"))).isEqualTo("any");
    }

    @Test
    void domainsMatchInAnyCase() {
        assertThat(cluster(table(host("a", "Foo.Test")), get("fOO.test", "/"))).isEqualTo("a");
    }

    @Test
    void aWildcardStandsForAtLeastOneCharacter() {
        assertThat(cluster(table(host("a", "*.foo.com")), get(".foo.com", "/"))).isEqualTo("none");
    }

    @Test
    void portCountsUnlessTheTableIgnoresIt() {
        assertThat(cluster(table(host("a", "a.test")), get("a.test:80", "/"))).isEqualTo("none");
        String ignoring = "ignore_port_in_host_matching: true " + host("a", "a.test");
        assertThat(cluster(table(ignoring), get("a.test:80", "/"))).isEqualTo("a");
    }

    @Test
    void theSameDomainTwiceIsRefused() {
        assertThatThrownBy(() -> table(host("a", "x") + host("b", "X")))
                .isInstanceOf(ConfigRejected.class)
                .hasMessageContaining("Duplicate entry of domain X");
    }

    @Test
    void theFirstRouteThatMatchesWins() {
        RouteTable table = routes("routes { match { prefix: '/a' } route { cluster: '1' } }"
                + "routes { match { prefix: '/' } route { cluster: '2' } }");
        assertThat(cluster(table, get("h", "/ab"))).isEqualTo("1");
        assertThat(cluster(table, get("h", "/b"))).isEqualTo("2");
    }

    @Test
    void exactPathIgnoresTheQuery() {
        RouteTable table = routes("routes { match { path: '/a' } route { cluster: '1' } }");
        assertThat(cluster(table, get("h", "/a?x=1"))).isEqualTo("1");
        assertThat(cluster(table, get("h", "/a/"))).isEqualTo("none");
    }

    @Test
    void separatedPrefixEndsAtASlash() {
        RouteTable table = routes("routes { match { path_separated_prefix: '/a' } route { cluster: '1' } }");
        assertThat(cluster(table, get("h", "/a"))).isEqualTo("1");
        assertThat(cluster(table, get("h", "/a/b"))).isEqualTo("1");
        assertThat(cluster(table, get("h", "/ab"))).isEqualTo("none");
    }

    @Test
    void regexMatchesTheWholePathWithoutQuery() {
        RouteTable table = routes("routes { match { safe_regex { regex: '/a[0-9]' } } route { cluster: '1' } }");
        assertThat(cluster(table, get("h", "/a7?q"))).isEqualTo("1");
        assertThat(cluster(table, get("h", "/a77"))).isEqualTo("none");
    }

    @Test
    void caseInsensitivePathsMatch() {
        RouteTable table =
                routes("routes { match { prefix: '/Abc' case_sensitive { value: false } } route { cluster: '1' } }");
        assertThat(cluster(table, get("h", "/aBC/d"))).isEqualTo("1");
    }

    @Test
    void connectIsTakenByItsOwnMatcherOnly() {
        RouteTable table = routes("routes { match { prefix: '/' } route { cluster: '1' } }"
                + "routes { match { connect_matcher {} } route { cluster: '2' } }");
        HeaderMap connect = new HeaderMap().add(":method", "CONNECT").add(":authority", "h:80");
        assertThat(cluster(table, connect)).isEqualTo("2");
    }

    @Test
    void queryParametersMatchUndecodedAndFirst() {
        RouteTable table =
                routes("routes { match { prefix: '/' query_parameters { name: 'a' string_match { exact: '1' } } }"
                        + " route { cluster: '1' } }");
        assertThat(cluster(table, get("h", "/?b=2&a=1"))).isEqualTo("1");
        assertThat(cluster(table, get("h", "/?a=2&a=1"))).isEqualTo("none");
        assertThat(cluster(table, get("h", "/"))).isEqualTo("none");
    }

    @Test
    void runtimeFractionChoosesByTheRandomNumber() {
        RouteTable table = routes("routes { match { prefix: '/' runtime_fraction { default_value { numerator: 25 } } }"
                + " route { cluster: '1' } }");
        assertThat(cluster(table, get("h", "/"), 124)).isEqualTo("1");
        assertThat(cluster(table, get("h", "/"), 125)).isEqualTo("none");
    }

    @Test
    void weightsShareOutTheRandomNumbers() {
        RouteTable table = routes("routes { match { prefix: '/' } route { weighted_clusters {"
                + " clusters { name: 'a' weight { value: 3 } } clusters { name: 'b' weight { value: 1 } } } } }");
        assertThat(cluster(table, get("h", "/"), 6)).isEqualTo("a");
        assertThat(cluster(table, get("h", "/"), 7)).isEqualTo("b");
    }

    @Test
    void runtimeChangesWeights() {
        RuntimeValues runtime = new RuntimeValues();
        runtime.replace(Map.of("w.a", 0L));
        RouteOptions options = new RouteOptions((_, c) -> c, runtime, FormatFacts.NONE, _ -> true, false);
        RouteTable table = table(
                "virtual_hosts { name: 'v' domains: '*' routes { match { prefix: '/' } route { weighted_clusters {"
                        + " runtime_key_prefix: 'w' clusters { name: 'a' weight { value: 3 } }"
                        + " clusters { name: 'b' weight { value: 1 } } } } } }",
                options);
        assertThat(cluster(table, get("h", "/"), 0)).isEqualTo("b");
    }

    @Test
    void aHeaderNamesTheCluster() {
        RouteTable table = routes("routes { match { prefix: '/' } route { cluster_header: 'X-C' } }");
        assertThat(cluster(table, get("h", "/", "x-c", "c7"))).isEqualTo("c7");
        assertThat(cluster(table, get("h", "/"))).isEmpty();
    }

    @Test
    void unknownClustersAreRefusedWhereTheTableValidates() {
        RouteOptions options =
                new RouteOptions((_, c) -> c, new RuntimeValues(), FormatFacts.NONE, "known"::equals, true);
        assertThatThrownBy(() -> table(host("other", "*"), options))
                .isInstanceOf(ConfigRejected.class)
                .hasMessageContaining("route: unknown cluster 'other'");
        assertThat(cluster(table("validate_clusters {} " + host("other", "*"), options), get("h", "/")))
                .isEqualTo("other");
    }

    @Test
    void requireTlsRedirectsPlainRequests() {
        RouteTable table = routes("require_tls: ALL routes { match { prefix: '/' } route { cluster: '1' } }");
        Route route = Objects.requireNonNull(table.route(get("h.test", "/p?q"), info(), 0));
        assertThat(route.action()).isInstanceOfSatisfying(RouteAction.Redirecting.class, redirecting -> {
            assertThat(redirecting.redirect().status()).isEqualTo(301);
            assertThat(redirecting.redirect().location(get("h.test", "/p?q"))).isEqualTo("https://h.test/p?q");
        });
    }

    @Test
    void unsupportedFieldsAreRefusedByName() {
        assertThatThrownBy(() -> table("vhds {}")).hasMessageContaining("vhds");
        assertThatThrownBy(() -> routes("routes { match { prefix: '/' } route { cluster_specifier_plugin: 'p' } }"))
                .hasMessageContaining("cluster_specifier_plugin");
    }

    @Test
    void theFieldPathOfAMistakeIsComplete() {
        assertThatThrownBy(() -> routes("routes { match { prefix: '/' } route { cluster: 'c' } }"
                        + "routes { match { safe_regex { regex: '(' } } route { cluster: 'c' } }"))
                .hasMessageContaining("virtual_hosts[0].routes[1].match.safe_regex");
    }
}
