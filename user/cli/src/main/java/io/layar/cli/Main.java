package io.layar.cli;

import io.layar.cli.mesh.ChangeCommand;
import io.layar.cli.mesh.DownCommand;
import io.layar.cli.mesh.ExecCommand;
import io.layar.cli.mesh.GetCommand;
import io.layar.cli.mesh.LogsCommand;
import io.layar.cli.mesh.PsCommand;
import io.layar.cli.mesh.UpCommand;
import io.layar.discovery.cli.DiscoveryCommand;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code layar} command: a sub-command a file. Results go to stdout, errors to stderr; exit codes are {@link ExitCode}. */
@Command(
        name = "layar",
        description = "An Istio-compatible service mesh.",
        mixinStandardHelpOptions = true,
        version = "layar 0.1.0",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            UpCommand.class,
            DownCommand.class,
            PsCommand.class,
            LogsCommand.class,
            ExecCommand.class,
            ChangeCommand.Apply.class,
            ChangeCommand.Delete.class,
            GetCommand.class,
            AutoComplete.GenerateCompletion.class
        },
        footer = {"", "Example: layar up samples/bookinfo"})
public final class Main implements Runnable {
    private final CommandLine line = new CommandLine(this);

    private Main() {
        line.addSubcommand(new TranslateCommand(System.getenv()));
        line.addSubcommand(new DiscoveryCommand(System.getenv()));
    }

    public static void main(String[] args) {
        System.exit(new Main().run(args));
    }

    private int run(String[] args) {
        line.setExecutionExceptionHandler((failure, command, parsed) -> {
            System.err.println("layar: a bug: " + failure + "; please report it with what follows");
            failure.printStackTrace();
            return ExitCode.BUG;
        });
        return line.execute(args);
    }

    @Override
    public void run() {
        line.usage(System.out);
    }
}
