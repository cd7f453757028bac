package io.layar.config.yaml;

import com.google.common.collect.ImmutableList;
import io.layar.base.Problem;
import io.layar.base.SourcePosition;
import io.layar.config.yaml.Documents.Document;
import java.nio.charset.StandardCharsets;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads YAML and JSON the way Kubernetes does, keeping line and column of every value.
 *
 * <p>Errors: all as problems. A document that is not well-formed, repeats a key, or costs more than the limits is left
 * out; the other documents of the file live on. Thread: any.
 */
public final class YamlReader {
    private final YamlLimits limits;
    private final LoadSettings settings;

    public YamlReader(YamlLimits limits) {
        this.limits = limits;
        this.settings = LoadSettings.builder()
                .setCodePointLimit(limits.fileBytes())
                .setAllowDuplicateKeys(true)
                .setAllowNonScalarKeys(true)
                .build();
    }

    /** The documents of a file that could be read, in order, and what is wrong with the others. Empty ones are left out. */
    public record Read(ImmutableList<Value> documents, ImmutableList<Problem> problems) {}

    public Read read(String file, String text) {
        return read(file, text.getBytes(StandardCharsets.UTF_8));
    }

    public Read read(String file, byte[] bytes) {
        return switch (SourceText.of(file, bytes, limits)) {
            case SourceText.Unreadable(var problem) -> new Read(ImmutableList.of(), ImmutableList.of(problem));
            case SourceText.Text(var text) -> documents(file, text);
        };
    }

    private Read documents(String file, String text) {
        var values = ImmutableList.<Value>builder();
        var problems = ImmutableList.<Problem>builder();
        for (var document : Documents.split(text)) {
            read(file, document, values, problems);
        }
        return new Read(values.build(), problems.build());
    }

    private void read(
            String file,
            Document document,
            ImmutableList.Builder<Value> values,
            ImmutableList.Builder<Problem> problems) {
        var builder = new ValueBuilder(file, document.firstLine(), limits);
        try {
            builder.build(new Parse(settings).parseString(document.text()).iterator());
        } catch (YamlEngineException malformed) {
            problems.add(malformed(file, document, malformed));
            return;
        } catch (ValueBuilder.Refused refused) {
            problems.add(refused.problem());
            return;
        } catch (IllegalArgumentException escape) {
            // The parser gives escapes such as "\x" at the end of the text to the number parser as they are.
            problems.add(Problem.error(
                    "malformed-yaml",
                    "",
                    builder.reached(),
                    "malformed YAML: a broken escape sequence after this place"));
            return;
        }
        if (builder.problems().isEmpty()) {
            values.addAll(builder.values());
        } else {
            problems.addAll(builder.problems());
        }
    }

    private static Problem malformed(String file, Document document, YamlEngineException malformed) {
        var at = new SourcePosition(file, document.firstLine() + 1, 1);
        var message = String.valueOf(malformed.getMessage());
        if (malformed instanceof MarkedYamlEngineException marked) {
            Mark mark = marked.getProblemMark().or(marked::getContextMark).orElse(null);
            if (mark != null) {
                at = new SourcePosition(file, document.firstLine() + mark.getLine() + 1, mark.getColumn() + 1);
            }
            message = marked.getContext() == null
                    ? marked.getProblem()
                    : marked.getContext() + ": " + marked.getProblem();
        }
        return Problem.error("malformed-yaml", "", at, "malformed YAML: " + message.strip());
    }
}
