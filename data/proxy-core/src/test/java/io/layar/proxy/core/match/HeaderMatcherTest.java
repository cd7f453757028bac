package io.layar.proxy.core.match;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.TextFormat;
import io.layar.proxy.core.http.HeaderMap;
import org.junit.jupiter.api.Test;

class HeaderMatcherTest {
    private static boolean matches(String rule, String... values) throws TextFormat.ParseException {
        var proto =
                io.envoyproxy.envoy.config.route.v3.HeaderMatcher.newBuilder().setName("X-K");
        TextFormat.merge(rule, proto);
        HeaderMap headers = new HeaderMap();
        for (String value : values) {
            headers.add("x-k", value);
        }
        return HeaderMatcher.compile(proto.build(), "h").matches(headers);
    }

    @Test
    void anyValueOfTheHeaderMayMatch() throws Exception {
        assertThat(matches("string_match { exact: 'v' }", "w", "v")).isTrue();
        assertThat(matches("string_match { exact: 'v,w' }", "v", "w")).isFalse();
    }

    @Test
    void invertedRulesAskThatNoValueMatches() throws Exception {
        String rule = "string_match { exact: 'v' } invert_match: true";
        assertThat(matches(rule, "w", "v")).isFalse();
        assertThat(matches(rule, "w", "x")).isTrue();
    }

    @Test
    void valueRulesDoNotMatchAMissingHeaderEvenInverted() throws Exception {
        assertThat(matches("string_match { exact: 'v' } invert_match: true")).isFalse();
    }

    @Test
    void aMissingHeaderMayCountAsEmpty() throws Exception {
        assertThat(matches("string_match { exact: '' } treat_missing_header_as_empty: true"))
                .isTrue();
        assertThat(matches("string_match { exact: 'v' } invert_match: true treat_missing_header_as_empty: true"))
                .isTrue();
    }

    @Test
    void presenceCanBeAskedForOrAgainst() throws Exception {
        assertThat(matches("present_match: true", "")).isTrue();
        assertThat(matches("present_match: false")).isTrue();
        assertThat(matches("present_match: true invert_match: true")).isTrue();
        assertThat(matches("", "v")).isTrue();
    }

    @Test
    void rangesExcludeTheirEnd() throws Exception {
        assertThat(matches("range_match { start: -1 end: 5 }", "-1")).isTrue();
        assertThat(matches("range_match { start: -1 end: 5 }", "5")).isFalse();
        assertThat(matches("range_match { start: -1 end: 5 }", "x")).isFalse();
    }

    @Test
    void textRulesFoldCaseWhenAsked() throws Exception {
        assertThat(matches("string_match { prefix: 'AB' ignore_case: true }", "abc"))
                .isTrue();
        assertThat(matches("string_match { suffix: 'bc' }", "abc")).isTrue();
        assertThat(matches("string_match { contains: 'X' }", "abc")).isFalse();
        assertThat(matches("string_match { safe_regex { regex: 'a.c' } }", "abc"))
                .isTrue();
        assertThat(matches("string_match { safe_regex { regex: 'a.c' } }", "abcd"))
                .isFalse();
    }
}
