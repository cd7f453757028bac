package io.layar.discovery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class DiscoveryCommandTest {
    @TempDir
    Path folder = Path.of("");

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(Map<String, String> environment, String... arguments) {
        return new CommandLine(new DiscoveryCommand(environment, new PrintStream(err, true, StandardCharsets.UTF_8)))
                .execute(arguments);
    }

    private String said() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void kubernetesIsRefusedAsNotOnThisMachine() {
        assertThat(run(Map.of(), "--kubeconfig", "config")).isEqualTo(69);
        assertThat(said()).contains("--kubeconfig").contains("--configDir");
    }

    @Test
    void withoutAFolderThereIsNothingToServe() {
        assertThat(run(Map.of())).isEqualTo(2);
        assertThat(said()).contains("--configDir is needed");
    }

    @Test
    void aBadAddressIsNamed() {
        assertThat(run(Map.of(), "--configDir", folder.toString(), "--grpcAddr", "here"))
                .isEqualTo(2);
        assertThat(said()).contains("--grpcAddr: here");
    }

    @Test
    void aBadVariableIsNamed() {
        assertThat(run(Map.of("PILOT_DEBOUNCE_AFTER", "soon"), "--configDir", folder.toString()))
                .isEqualTo(2);
        assertThat(said()).contains("PILOT_DEBOUNCE_AFTER: soon");
    }
}
