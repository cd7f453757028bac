package io.layar.proxy.core.route;

import static io.layar.proxy.core.route.Requests.get;
import static io.layar.proxy.core.route.Requests.info;
import static io.layar.proxy.core.route.Requests.routes;
import static io.layar.proxy.core.route.Requests.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.layar.proxy.core.http.HeaderMap;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class RouteRewriteTest {
    private static HeaderMap rewritten(RouteTable table, HeaderMap headers) {
        Objects.requireNonNull(table.route(headers, info(), 0)).finalizeRequest(headers, info(), true);
        return headers;
    }

    private static String path(String match, String action, String path) {
        RouteTable table = routes("routes { match { " + match + " } route { cluster: 'c' " + action + " } }");
        return String.valueOf(rewritten(table, get("h", path)).get(":path"));
    }

    @Test
    void prefixRewriteReplacesThePrefixAndKeepsTheQuery() {
        assertThat(path("prefix: '/a'", "prefix_rewrite: '/b'", "/a/x?q=1")).isEqualTo("/b/x?q=1");
    }

    @Test
    void prefixRewriteOfAnExactPathReplacesAllOfIt() {
        assertThat(path("path: '/a'", "prefix_rewrite: '/b/c'", "/a?q")).isEqualTo("/b/c?q");
    }

    @Test
    void regexRewriteReplacesEveryMatchWithGroups() {
        String action = "regex_rewrite { pattern { regex: '/v([0-9])' } substitution: '/\\\\1' }";
        assertThat(path("prefix: '/'", action, "/v1/v2?v3=/v4")).isEqualTo("/1/2?v3=/v4");
    }

    @Test
    void theOldPathIsKept() {
        RouteTable table = routes("routes { match { prefix: '/a' } route { cluster: 'c' prefix_rewrite: '/b' } }");
        assertThat(rewritten(table, get("h", "/a")).get("x-envoy-original-path"))
                .isEqualTo("/a");
    }

    @Test
    void hostRewriteKeepsTheOldHostWhereItIsWanted() {
        RouteTable table = routes("routes { match { prefix: '/' } route { cluster: 'c' host_rewrite_literal: 'n'"
                + " append_x_forwarded_host: true } }");
        HeaderMap headers = rewritten(table, get("old", "/"));
        assertThat(headers.get(":authority")).isEqualTo("n");
        assertThat(headers.get("x-forwarded-host")).isEqualTo("old");
        assertThat(headers.get("x-envoy-original-host")).isEqualTo("old");
    }

    private static final String LEVELS = "request_headers_to_add { header { key: 'x' value: 'table' } append_action:"
        + " OVERWRITE_IF_EXISTS_OR_ADD } virtual_hosts { name: 'v' domains: '*' routes { match { prefix: '/' } route {"
        + " cluster: 'c' } request_headers_to_add { header { key: 'x' value: 'route' } append_action:"
        + " OVERWRITE_IF_EXISTS_OR_ADD } } }";

    @Test
    void theLeastSpecificLevelHasTheLastWord() {
        assertThat(rewritten(table(LEVELS), get("h", "/")).get("x")).isEqualTo("table");
    }

    @Test
    void theMostSpecificLevelHasItWhereTheTableSaysSo() {
        RouteTable table = table("most_specific_header_mutations_wins: true " + LEVELS);
        assertThat(rewritten(table, get("h", "/")).get("x")).isEqualTo("route");
    }

    @Test
    void appendActionsDecideOnWhatIsThere() {
        RouteTable table = routes("routes { match { prefix: '/' } route { cluster: 'c' }"
                + " request_headers_to_add { header { key: 'a' value: '2' } }"
                + " request_headers_to_add { header { key: 'b' value: '2' } append_action: ADD_IF_ABSENT }"
                + " request_headers_to_add { header { key: 'c' value: '2' } append_action: OVERWRITE_IF_EXISTS }"
                + " request_headers_to_add { header { key: 'd' value: '2' } append_action: OVERWRITE_IF_EXISTS } }");
        HeaderMap headers = rewritten(table, get("h", "/", "a", "1", "b", "1", "c", "1"));
        assertThat(headers.joined("a")).isEqualTo("1,2");
        assertThat(headers.joined("b")).isEqualTo("1");
        assertThat(headers.joined("c")).isEqualTo("2");
        assertThat(headers.get("d")).isNull();
    }

    @Test
    void emptyValuesAreLeftOutUnlessKept() {
        RouteTable table = routes("routes { match { prefix: '/' } route { cluster: 'c' }"
                + " request_headers_to_add { header { key: 'a' value: '%REQ(none)%' } }"
                + " request_headers_to_add { header { key: 'b' value: '%REQ(none)%' } keep_empty_value: true } }");
        HeaderMap headers = rewritten(table, get("h", "/"));
        assertThat(headers.contains("a")).isFalse();
        assertThat(headers.get("b")).isEmpty();
    }

    private static String location(String redirect, HeaderMap headers) {
        RouteTable table = routes("routes { match { prefix: '/a' } redirect { " + redirect + " } }");
        Route route = Objects.requireNonNull(table.route(headers, info(), 0));
        route.rewriteForRedirect(headers, true);
        return ((RouteAction.Redirecting) route.action()).redirect().location(headers);
    }

    @Test
    void redirectsKeepWhatTheyDoNotName() {
        assertThat(location("host_redirect: 'n'", get("h:8080", "/a?q=1"))).isEqualTo("http://n/a?q=1");
        assertThat(location("path_redirect: '/n'", get("h:8080", "/a?q=1"))).isEqualTo("http://h:8080/n?q=1");
        assertThat(location("path_redirect: '/n?z'", get("h", "/a?q=1"))).isEqualTo("http://h/n?z");
        assertThat(location("prefix_rewrite: '/n' strip_query: true", get("h", "/a/x?q=1")))
                .isEqualTo("http://h/n/x");
    }

    @Test
    void aRedirectToHttpsDropsTheOldSchemesOwnPort() {
        assertThat(location("https_redirect: true", get("h:80", "/a"))).isEqualTo("https://h/a");
        assertThat(location("https_redirect: true", get("h:8080", "/a"))).isEqualTo("https://h:8080/a");
        assertThat(location("https_redirect: true port_redirect: 8443", get("h:8080", "/a")))
                .isEqualTo("https://h:8443/a");
    }
}
