package io.layar.cli;

import io.layar.base.Problem;
import io.layar.config.validate.Validators;
import io.layar.xdsgen.translate.Translate;
import io.layar.xdsgen.translate.TranslateFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code layar translate}: the Envoy configuration of any proxy, offline. */
@Command(
        name = "translate",
        mixinStandardHelpOptions = true,
        description = "Writes the Envoy configuration that proxies would get for these files.",
        footer = {
            "",
            "Example:",
            "  layar translate -f samples/bookinfo --proxies proxies.yaml --out /tmp/envoy",
            "  layar translate --cases cases --out /tmp/envoy"
        })
final class TranslateCommand implements Callable<Integer> {
    private static final int DONE = 0;
    private static final int MISUSE = 2;

    private final Map<String, String> environment;

    @Option(names = "-f", arity = "1..*", paramLabel = "FILE_OR_DIR", description = "Kubernetes and Istio resources.")
    private List<Path> files = new ArrayList<>();

    @Option(
            names = "--mesh-config",
            paramLabel = "FILE",
            description = "MeshConfig fields that differ from the defaults.")
    private @Nullable Path meshConfig;

    @Option(names = "--proxies", paramLabel = "FILE", description = "The list of proxies.")
    private @Nullable Path proxies;

    @Option(names = "--cases", paramLabel = "ROOT", description = "Translate each folder below ROOT.")
    private @Nullable Path cases;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Where to write.")
    private @Nullable Path out;

    /** @param environment the control plane's variables count as they do for discovery */
    TranslateCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws IOException {
        TranslateFiles translate =
                new TranslateFiles(new Translate(Validators.ALL), environment, TranslateCommand::report);
        if (out == null || (cases == null) == (proxies == null)) {
            System.err.println("translate: give either --cases or -f with --proxies");
            return MISUSE;
        }
        if (cases != null) {
            translate.cases(cases, out);
        } else if (proxies != null) {
            translate.files(files, meshConfig, proxies, out);
        }
        return DONE;
    }

    private static void report(Problem problem) {
        System.err.println(problem);
    }
}
