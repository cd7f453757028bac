package io.layar.proxy.core.match;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import java.util.List;
import org.junit.jupiter.api.Test;

class RegexTest {
    private static final List<String> PATTERNS = List.of(
            "abc", ".*", ".+", "ab.*", "ab.+", ".*bc", ".+bc", ".*b.*", ".+b.+", "a\\.b", "a\\.*", "a[0-9]+", "(a|b)c",
            "", "\\.*", "a\\\\.*");
    private static final List<String> VALUES = List.of(
            "", "a", "ab", "abc", "abcd", "xbc", "bc", "b", "a.b", "a..", "a1", "bc", ".", "..", "a\\x", "ab\nc",
            "abc\n");

    @Test
    void shortcutsAgreeWithTheEngine() {
        for (String pattern : PATTERNS) {
            Pattern engine = Pattern.compile(pattern);
            Regex regex = Regex.compile(pattern, "f");
            for (String value : VALUES) {
                assertThat(regex.matches(value))
                        .as("%s on '%s'", pattern, value)
                        .isEqualTo(engine.matches(value));
            }
        }
    }
}
