package io.layar.archtest;

import static org.assertj.core.api.Assertions.assertThat;

import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.JavaFormatterOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One formatter ends all talk of format. {@code ./dev format} runs this with {@code -Dlayar.format=apply}. */
class FormatTest {
    private static final boolean APPLY = "apply".equals(System.getProperty("layar.format"));

    private final Formatter formatter = Formatter.createFormatter(JavaFormatterOptions.builder()
            .style(JavaFormatterOptions.Style.PALANTIR)
            .build());

    @Test
    void everyJavaFileIsFormatted() throws IOException, FormatterException {
        List<String> unformatted = new ArrayList<>();
        for (Path file : SourceTree.javaFiles()) {
            String text = SourceTree.read(file);
            String formatted = formatter.formatSourceAndFixImports(text);
            if (!formatted.equals(text)) {
                if (APPLY) {
                    Files.writeString(file, formatted);
                } else {
                    unformatted.add(SourceTree.name(file));
                }
            }
        }
        assertThat(unformatted).as("files that ./dev format would change").isEmpty();
    }
}
