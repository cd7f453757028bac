package io.layar.proxy.server;

import io.envoyproxy.envoy.config.bootstrap.v3.Bootstrap;
import io.layar.proxy.core.accesslog.FormatFacts;
import io.layar.proxy.core.config.ConfigRejected;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * {@code layar proxy}: the data plane as a process.
 *
 * <p>Exit codes: 0 done, 1 the configuration is refused, 2 misuse of flags, 70 a bug.
 */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        int code = run(args, System.out, System.err);
        System.exit(code);
    }

    static int run(String[] args, PrintStream out, PrintStream err) {
        if (Arrays.asList(args).contains("--help") || Arrays.asList(args).contains("-h")) {
            out.print(Help.TEXT);
            return 0;
        }
        if (Arrays.asList(args).contains("--version")) {
            out.println("layar proxy  version: " + Version.text());
            return 0;
        }
        CommandLine flags;
        try {
            flags = CommandLine.parse(args);
        } catch (CommandLine.Misuse e) {
            err.println(e.getMessage());
            err.println("Try 'layar proxy --help'.");
            return 2;
        }
        try {
            Logging.setUp(flags, logTarget(flags, err));
            return serve(flags, out);
        } catch (ConfigRejected e) {
            err.println("error initializing configuration '" + flags.configPath() + "': " + e.getMessage());
            return 1;
        } catch (IOException e) {
            err.println("unable to read file: " + e.getMessage());
            return 1;
        }
    }

    private static OutputStream logTarget(CommandLine flags, PrintStream err) throws IOException {
        return flags.logPath().isEmpty() ? err : new FileOutputStream(flags.logPath(), true);
    }

    private static String hostname() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (IOException e) {
            return "-";
        }
    }

    private static int serve(CommandLine flags, PrintStream out) throws IOException {
        Bootstrap bootstrap = BootstrapReader.read(flags);
        Server server = new Server(flags, bootstrap, new FormatFacts(hostname(), System.getenv()::get));
        if (flags.validate()) {
            server.validate();
            out.println("configuration '" + flags.configPath() + "' OK");
            return 0;
        }
        server.start();
        server.awaitEnd();
        return 0;
    }
}
