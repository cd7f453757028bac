package io.layar.archtest;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The table of ARCHITECTURE.md is the test: a module may use what its row says, and nothing else. */
class EdgesTest {
    private static final Pattern ROW = Pattern.compile(
            "^\\| `([a-z-/]+)` \\| `(io\\.layar[a-z.]*)` \\|[^|]*\\|[^|]*\\| ([^|]*) \\|$", Pattern.MULTILINE);

    private record Module(String name, String packageName, Set<String> mayUse) {}

    private static Map<String, Module> modules() {
        Map<String, Module> modules = new LinkedHashMap<>();
        Matcher rows = ROW.matcher(SourceTree.read(SourceTree.ROOT.resolve("ARCHITECTURE.md")));
        while (rows.find()) {
            String name = rows.group(1).substring(rows.group(1).lastIndexOf('/') + 1);
            Set<String> mayUse =
                    new TreeSet<>(Set.of(rows.group(3).replace("–", "").strip().split(" +")));
            mayUse.remove("");
            modules.put(name, new Module(name, rows.group(2), mayUse));
        }
        return modules;
    }

    /** The module whose package is the longest prefix of the class's, or empty for foreign classes. */
    private static String moduleOf(Map<String, Module> modules, JavaClass type) {
        String best = "";
        int length = 0;
        for (Module module : modules.values()) {
            String prefix = module.packageName();
            boolean inside = type.getPackageName().equals(prefix)
                    || type.getPackageName().startsWith(prefix + ".");
            if (inside && prefix.length() > length) {
                best = module.name();
                length = prefix.length();
            }
        }
        return best;
    }

    @Test
    void everyModuleUsesOnlyWhatItsRowAllows() {
        Map<String, Module> modules = modules();
        assertThat(modules).as("rows read from ARCHITECTURE.md").hasSizeGreaterThan(10);
        JavaClasses classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.layar");
        Set<String> forbidden = new TreeSet<>();
        for (JavaClass type : classes) {
            String from = moduleOf(modules, type);
            if (from.isEmpty()) {
                continue;
            }
            Set<String> mayUse = requireNonNull(modules.get(from)).mayUse();
            type.getDirectDependenciesFromSelf().forEach(edge -> {
                String to = moduleOf(modules, edge.getTargetClass());
                if (!to.isEmpty() && !to.equals(from) && !mayUse.contains(to)) {
                    forbidden.add(from + " → " + to + ": " + type.getName() + " uses "
                            + edge.getTargetClass().getName());
                }
            });
        }
        assertThat(forbidden).as("edges that ARCHITECTURE.md does not allow").isEmpty();
    }
}
