package io.layar.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code layar} command: a sub-command a file. Results go to stdout, errors to stderr. */
@Command(
        name = "layar",
        description = "An Istio-compatible service mesh.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
public final class Main implements Runnable {
    private final CommandLine line = new CommandLine(this);

    private Main() {}

    public static void main(String[] args) {
        System.exit(new Main().run(args));
    }

    private int run(String[] args) {
        return line.execute(args);
    }

    @Override
    public void run() {
        line.usage(System.out);
    }
}
