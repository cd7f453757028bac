package io.layar.config.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.layar.base.SourcePosition;
import io.layar.config.yaml.YamlReader.Read;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@NullUnmarked
class YamlReaderTest {
    private static final YamlReader READER = new YamlReader(YamlLimits.DEFAULT);

    private static Read read(String text) {
        return READER.read("f.yaml", text);
    }

    private static Value only(String text) {
        var read = read(text);
        assertThat(read.problems()).isEmpty();
        assertThat(read.documents()).hasSize(1);
        return read.documents().get(0);
    }

    private static Value field(String text) {
        return ((Value.Obj) only("a: " + text)).fields().get("a");
    }

    private static void isRefused(Read read, String expected, int line, int column) {
        assertThat(read.problems()).hasSize(1);
        var problem = read.problems().get(0);
        assertThat(problem.isError()).isTrue();
        assertThat(problem.message()).contains(expected);
        assertThat(problem.position()).isEqualTo(new SourcePosition("f.yaml", line, column));
    }

    @ParameterizedTest
    @CsvSource({
        "yes,true",
        "On,true",
        "y,true",
        "TRUE,true",
        "off,false",
        "N,false",
        "No,false",
        "false,false",
    })
    void wordsOfYamlOneDotOneAreBooleans(String word, boolean expected) {
        assertThat(field(word)).isEqualTo(Value.Bool.of(expected));
    }

    @ParameterizedTest
    @CsvSource({
        "0777,511",
        "0o17,15",
        "0x1F,31",
        "0b101,5",
        "08,8",
        "1_000,1000",
        "+3,3",
        "-017,-15",
        "1.50,1.5",
        "1.0,1",
        "1e3,1000",
        ".5,0.5",
        "0.0000001,1e-7",
        "1e21,1e+21",
        "18446744073709551615,18446744073709551615",
    })
    void numbersAreReadAsKubernetesReadsThem(String word, String json) {
        assertThat(field(word)).isEqualTo(new Value.Num(json, SourcePosition.NOWHERE));
    }

    @ParameterizedTest
    @CsvSource({"12:30:45", "2024-01-01", "1.2.3", "yEs", "1e400", "0x", "_1", "'\"yes\"'", "!!str 1", "="})
    void otherWordsAreStrings(String word) {
        assertThat(field(word)).isInstanceOf(Value.Str.class);
    }

    @Test
    void aFullWidthSpaceBelongsToTheWord() {
        assertThat(field("ingressgateway\u3000 # the gateway")).isEqualTo(Value.Str.of("ingressgateway\u3000"));
    }

    @Test
    void anAddressThatEndsInColonsIsAWordInAFlowList() {
        assertThat(((Value.Arr) field("[2001:db8::, {b: }]")).items().get(0)).isEqualTo(Value.Str.of("2001:db8::"));
        assertThat(((Value.Arr) field("[b: ]")).items().get(0)).isInstanceOf(Value.Obj.class);
    }

    @Test
    void positionsCountFromOneAndOverDocuments() {
        var read = read("# first\na: 1\n---\nb:\n  - c: x\n");
        var second = (Value.Obj) read.documents().get(1);
        assertThat(second.keyAt("b")).isEqualTo(new SourcePosition("f.yaml", 4, 1));
        var item = (Value.Obj) ((Value.Arr) second.fields().get("b")).items().get(0);
        assertThat(item.fields().get("c").at()).isEqualTo(new SourcePosition("f.yaml", 5, 8));
    }

    @Test
    void aBrokenDocumentLeavesTheOthersAlive() {
        var read = read("a: 1\n---\nb: [\n---\nc: 3\n");
        assertThat(read.documents()).hasSize(2);
        assertThat(read.problems()).hasSize(1);
        assertThat(read.problems().get(0).position().line()).isBetween(3, 4);
        assertThat(read.problems().get(0).message()).startsWith("malformed YAML");
    }

    @Test
    void emptyDocumentsAreNone() {
        assertThat(read("---\n# nothing\n---\n---\na: 1\n---\n").documents()).hasSize(1);
        assertThat(read("").documents()).isEmpty();
        assertThat(read("%YAML 1.1\n---\na: 1\n").documents()).hasSize(1);
    }

    @Test
    void aRepeatedKeyIsRefusedAtItsSecondPlace() {
        isRefused(read("a: 1\nb: 2\na: 3\n"), "\"a\" is given twice (first at line 1)", 3, 1);
    }

    @Test
    void aKeyThatIsNoStringIsRefused() {
        isRefused(read("? [x]\n: 1\n"), "a key is a list", 1, 3);
        assertThat(only("1: a\non: b\n")).isEqualTo(only("\"1\": a\n\"true\": b\n"));
    }

    @Test
    void mergeKeysFillInWhatIsNotWritten() {
        assertThat(only("x: &x {a: 1, b: 2}\ny: {<<: *x, b: 3}\n"))
                .isEqualTo(only("x: {a: 1, b: 2}\ny: {b: 3, a: 1}\n"));
        isRefused(read("<<: 1\n"), "<<: number", 1, 5);
    }

    @Test
    void anAliasBombIsRefusedQuicklyAndTheNextDocumentLives() {
        var bomb = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
        for (int i = 1; i < 12; i++) {
            bomb.append(
                    "a%d: &a%d [%s]\n".formatted(i, i, "*a%d,".formatted(i - 1).repeat(10)));
        }
        var read = read(bomb + "---\nb: 1\n");
        assertThat(read.documents()).hasSize(1);
        assertThat(read.problems().get(0).message()).contains("more than 1000000 values");
    }

    @Test
    void anAliasInsideItselfIsRefused() {
        isRefused(read("a: &a [*a]\n"), "contains itself", 1, 8);
        isRefused(read("a: *nowhere\n"), "has no anchor", 1, 4);
    }

    @Test
    void anEscapeCutOffByTheEndIsRefused() {
        isRefused(read("a: 1\n---\nb: \"\\x"), "a broken escape sequence after this place", 3, 1);
    }

    @Test
    void deepNestingIsRefused() {
        assertThat(read("[".repeat(100_000)).problems().get(0).message()).contains("nested deeper than 200");
        assertThat(read("[".repeat(150) + "]".repeat(150)).problems()).isEmpty();
    }

    @Test
    void tenMegabytesAreReadInTime() {
        var line = "- name: some-item-with-a-name\n  value: \"and a value that takes some room in the file\"\n";
        var text = "items:\n" + line.repeat(10_000_000 / line.length());
        assertTimeout(
                Duration.ofSeconds(30), () -> assertThat(read(text).documents()).hasSize(1));
    }

    @Test
    void tooManyValuesOrBytesAreRefused() {
        assertThat(read("- 1\n".repeat(1_000_001)).problems().get(0).message()).contains("more than 1000000 values");
        var small = new YamlReader(new YamlLimits(100, 100, 10));
        assertThat(small.read("f", "a: " + "x".repeat(100)).problems().get(0).message())
                .isEqualTo("the file has more than 100 bytes");
    }

    @Test
    void binaryFilesAreRefusedWithTheirPlace() {
        isRefused(READER.read("f.yaml", new byte[] {'a', '\n', 'b', 0, 1}), "control character U+0000", 2, 2);
        isRefused(READER.read("f.yaml", new byte[] {'a', (byte) 0xC3, (byte) 0x28}), "not UTF-8", 1, 2);
        isRefused(READER.read("f.yaml", "a: 1".getBytes(StandardCharsets.UTF_16)), "UTF-16 (expected: UTF-8)", 1, 1);
    }

    @Test
    void aByteOrderMarkIsNotPartOfTheText() {
        assertThat(only("\uFEFFa: 1\n")).isEqualTo(only("a: 1\n"));
    }

    @Test
    void tabsIndentJsonButNotYaml() {
        assertThat(only("{\n\t\"a\":\t[\n\t\t1\n\t]\n}\n")).isEqualTo(only("a: [1]"));
        assertThat(read("a:\n\tb: c\n").problems()).hasSize(1);
    }
}
