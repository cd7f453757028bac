package io.layar.local.process;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a short command of the system to its end. Thread: any; blocks. */
public final class Command {
    private static final long PATIENCE_SECONDS = 20;

    private Command() {}

    /** Thrown when a command could not be started, took too long or ended with another code than 0. */
    public static final class Failed extends IOException {
        private static final long serialVersionUID = 1L;

        Failed(String message) {
            super(message);
        }
    }

    /** Runs {@code command} and returns what it wrote. Errors: {@link Failed} with the command and its last words. */
    public static String run(List<String> command) throws Failed {
        return run(command, "");
    }

    /** The same with {@code input} on its standard input. */
    public static String run(List<String> command, String input) throws Failed {
        String shown = String.join(" ", command);
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            try (OutputStream in = process.getOutputStream()) {
                in.write(input.getBytes(StandardCharsets.UTF_8));
            }
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new Failed(shown + ": no end after " + PATIENCE_SECONDS + " s");
            }
            if (process.exitValue() != 0) {
                throw new Failed(shown + ": exit code " + process.exitValue() + ": " + output.strip());
            }
            return output;
        } catch (Failed e) {
            throw e;
        } catch (IOException e) {
            throw new Failed(shown + ": " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failed(shown + ": interrupted");
        }
    }

    /** Runs {@code command} and passes over a failure: for cleaning up what may be gone already. */
    public static void tryRun(List<String> command) {
        try {
            run(command);
        } catch (Failed gone) {
            System.getLogger(Command.class.getName()).log(System.Logger.Level.DEBUG, gone.getMessage());
        }
    }

    /** Tells whether {@code command} runs and ends with 0. */
    public static boolean succeeds(List<String> command) {
        try {
            run(command);
            return true;
        } catch (Failed e) {
            return false;
        }
    }
}
