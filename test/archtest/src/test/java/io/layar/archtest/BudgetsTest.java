package io.layar.archtest;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A file that outgrows its budget is split along its ideas; the numbers are those of CONTRIBUTING.md. */
class BudgetsTest {
    private static final int FILE_LINES = 400;
    private static final int METHOD_LINES = 60;
    private static final int PARAMETERS = 7;

    /** Files that were over when the budget came, with the lines they may have: to be split; none may grow, none may join. */
    private static final Map<String, Integer> TO_BE_SPLIT = Map.of(
            "data/proxy/src/main/java/io/layar/proxy/router/RouterFilter.java", 781,
            "data/proxy/src/main/java/io/layar/proxy/http/HttpStream.java", 719,
            "data/proxy/src/main/java/io/layar/proxy/codec/http1/Http1ServerConnection.java", 515,
            "data/proxy/src/main/java/io/layar/proxy/listener/AcceptedConnection.java", 490,
            "data/proxy/src/main/java/io/layar/proxy/codec/http1/Http1ClientConnection.java", 429);

    @Test
    void noFileIsLongerThanItsBudget() {
        List<String> over = new ArrayList<>();
        for (Path file : SourceTree.javaFiles()) {
            long lines = SourceTree.read(file).lines().count();
            if (lines > TO_BE_SPLIT.getOrDefault(SourceTree.name(file), FILE_LINES)) {
                over.add(SourceTree.name(file) + ": " + lines + " lines");
            }
        }
        assertThat(over).as("files over %d lines", FILE_LINES).isEmpty();
    }

    @Test
    void noMethodIsLongerThanItsBudgetOrTakesMoreThanItsShareOfParameters() throws IOException {
        var compiler = ToolProvider.getSystemJavaCompiler();
        List<String> over = new ArrayList<>();
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            var task = (JavacTask) compiler.getTask(
                    null,
                    files,
                    null,
                    List.of("-proc:none"),
                    null,
                    files.getJavaFileObjectsFromPaths(SourceTree.javaFiles()));
            SourcePositions positions = Trees.instance(task).getSourcePositions();
            for (CompilationUnitTree unit : task.parse()) {
                unit.accept(new Scan(unit, positions, over), null);
            }
        }
        assertThat(over)
                .as("methods over %d lines or %d parameters", METHOD_LINES, PARAMETERS)
                .isEmpty();
    }

    private static final class Scan extends TreeScanner<@Nullable Void, @Nullable Void> {
        private final CompilationUnitTree unit;
        private final SourcePositions positions;
        private final List<String> over;

        Scan(CompilationUnitTree unit, SourcePositions positions, List<String> over) {
            this.unit = unit;
            this.positions = positions;
            this.over = over;
        }

        @Override
        public @Nullable Void visitClass(ClassTree type, @Nullable Void nothing) {
            // The components of a record are data, not parameters: its own constructor is not looked at.
            for (Tree member : type.getMembers()) {
                boolean canonical = type.getKind() == Tree.Kind.RECORD
                        && member instanceof MethodTree method
                        && method.getReturnType() == null;
                if (!canonical) {
                    member.accept(this, null);
                }
            }
            return null;
        }

        @Override
        public @Nullable Void visitMethod(MethodTree method, @Nullable Void nothing) {
            LineMap lines = unit.getLineMap();
            long from = lines.getLineNumber(positions.getStartPosition(unit, method));
            long to = lines.getLineNumber(positions.getEndPosition(unit, method));
            String name = Path.of(unit.getSourceFile().getName()).getFileName() + ":" + from + " " + method.getName();
            if (to - from + 1 > METHOD_LINES) {
                over.add(name + ": " + (to - from + 1) + " lines");
            }
            if (method.getParameters().size() > PARAMETERS) {
                over.add(name + ": " + method.getParameters().size() + " parameters");
            }
            return super.visitMethod(method, null);
        }
    }
}
