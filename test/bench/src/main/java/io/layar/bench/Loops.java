package io.layar.bench;

import java.util.Arrays;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs the inner loops and prints their times as a table. */
final class Loops {
    private Loops() {}

    public static void main(String[] args) throws RunnerException {
        boolean quick = Arrays.asList(args).contains("--short");
        var options = new OptionsBuilder()
                .include("io.layar.bench.loops")
                .forks(quick ? 1 : 2)
                .warmupIterations(3)
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(quick ? 3 : 5)
                .measurementTime(TimeValue.seconds(1))
                .verbosity(VerboseMode.SILENT)
                .build();
        System.out.println("| loop | ns | ± |\n| --- | ---: | ---: |");
        for (RunResult result : new Runner(options).run()) {
            var primary = result.getPrimaryResult();
            System.out.printf(
                    "| %s | %.0f | %.0f |%n", primary.getLabel(), primary.getScore(), primary.getScoreError());
        }
    }
}
