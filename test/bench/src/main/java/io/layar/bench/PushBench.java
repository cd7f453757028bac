package io.layar.bench;

import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * What a change costs the control plane, and when the last of many connected proxies has it.
 *
 * <p>Shape: 1,000 services; proxy i is the pod of service i. Each line is a median over rounds.
 */
final class PushBench implements AutoCloseable {
    private static final int SERVICES = 1000;
    private static final int STREAMS_PER_CHANNEL = 50;

    private final Process server;
    private final PrintStream commands;
    private final BufferedReader answers;
    private final List<ManagedChannel> channels = new ArrayList<>();
    private final int proxies;
    private final Set<Integer> reached = ConcurrentHashMap.newKeySet();
    private volatile String awaited = "";
    private volatile long lastNanos;
    private volatile boolean ending;
    private int changes;

    /**
     * What one kind of change is called, which kind of resource it reaches proxies as, and how often it is tried: with a
     * thousand unlike proxies some take long, and few rounds tell enough.
     */
    private record Kind(String command, String title, String arrivesAs, int rounds, int roundsOfMany) {}

    private static final List<Kind> KINDS = List.of(
            new Kind("endpoint", "one endpoint", FakeProxy.ENDPOINT, 15, 15),
            new Kind("route", "one VirtualService", FakeProxy.ROUTE, 9, 1),
            new Kind("full", "everything", FakeProxy.CLUSTER, 3, 1));

    private PushBench(int proxies) throws IOException {
        this.proxies = proxies;
        ProcessBuilder builder = new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xmx3g",
                "-XX:+UseParallelGC",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                PushServer.class.getName(),
                Integer.toString(SERVICES));
        server = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        commands = new PrintStream(server.getOutputStream(), true, StandardCharsets.UTF_8);
        answers = new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8));
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        List<String> options = Arrays.asList(args);
        boolean quick = options.contains("--short");
        int only = options.indexOf("--proxies");
        if (only < 0) {
            Generation.print(quick);
        }
        System.out.println("| proxies | change | ms to the last proxy | ms CPU | MB allocated |");
        System.out.println("| ---: | --- | ---: | ---: | ---: |");
        int[] counts = quick ? new int[] {1, 100} : new int[] {1, 100, 1000};
        for (int proxies : only < 0 ? counts : new int[] {Integer.parseInt(options.get(only + 1))}) {
            try (PushBench bench = new PushBench(proxies)) {
                bench.connect();
                for (Kind kind : KINDS) {
                    bench.measure(kind);
                }
            }
        }
        System.exit(0);
    }

    private void connect() throws IOException, InterruptedException {
        int port = Integer.parseInt(answers.readLine().split(" ", -1)[1]);
        Collection<String> endpoints = IntStream.range(0, SERVICES)
                .mapToObj(i -> "outbound|8080||" + Shapes.host(i))
                .toList();
        long start = System.nanoTime();
        awaited = FakeProxy.ROUTE;
        for (int i = 0; i < proxies; i++) {
            if (i % STREAMS_PER_CHANNEL == 0) {
                channels.add(NettyChannelBuilder.forAddress("127.0.0.1", port)
                        .usePlaintext()
                        .directExecutor()
                        .maxInboundMessageSize(1 << 28)
                        .build());
            }
            new FakeProxy(channels.getLast(), i, this::received)
                    .start(Nodes.sidecar(i, Shapes.address(i)), endpoints, List.of("8080"));
        }
        await(300);
        quiet();
        long[] cost = cost();
        System.out.printf(
                "| %d | connect | %.0f | %.0f | %.0f |%n",
                proxies, (lastNanos - start) / 1e6, cost[0] / 1e6, cost[1] / 1e6);
    }

    private void received(String kind, int proxy) {
        if (kind.startsWith("closed")) {
            if (!ending) {
                System.err.println(proxy + " " + kind);
            }
        } else if (kind.equals(awaited) && reached.add(proxy) && reached.size() == proxies) {
            lastNanos = System.nanoTime();
            synchronized (reached) {
                reached.notifyAll();
            }
        }
    }

    private void await(long seconds) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        synchronized (reached) {
            while (reached.size() < proxies) {
                long left = end - System.nanoTime();
                if (left <= 0) {
                    throw new IllegalStateException(
                            reached.size() + " of " + proxies + " proxies reached (" + awaited + ")");
                }
                reached.wait(Math.max(1, TimeUnit.NANOSECONDS.toMillis(left)));
            }
            reached.clear();
        }
    }

    /** Acknowledgements and what else a change made come after the resources: they are part of its cost. */
    private void quiet() throws IOException, InterruptedException {
        for (long before = -1, now = cost()[0]; now - before > 2_000_000; now = cost()[0]) {
            before = now;
            Thread.sleep(150);
        }
    }

    private long[] cost() throws IOException {
        String[] words = ask("cost").split(" ", -1);
        return new long[] {Long.parseLong(words[0]), Long.parseLong(words[1])};
    }

    private String ask(String command) throws IOException {
        commands.println(command);
        return answers.readLine();
    }

    private void measure(Kind kind) throws IOException, InterruptedException {
        int counted = proxies < 1000 ? kind.rounds() : kind.roundsOfMany();
        int warm = (counted + 2) / 3;
        int rounds = counted + warm;
        double[][] figures = new double[3][counted];
        for (int i = 0; i < rounds; i++) {
            awaited = kind.arrivesAs();
            reached.clear();
            long[] before = cost();
            long start = System.nanoTime();
            ask(kind.command() + " " + ++changes);
            await(120);
            long last = lastNanos;
            quiet();
            long[] after = cost();
            if (i >= warm) {
                figures[0][i - warm] = (last - start) / 1e6;
                figures[1][i - warm] = (after[0] - before[0]) / 1e6;
                figures[2][i - warm] = (after[1] - before[1]) / 1e6;
            }
        }
        System.out.printf(
                "| %d | %s | %.0f | %.1f | %.2f |%n",
                proxies, kind.title(), median(figures[0]), median(figures[1]), median(figures[2]));
    }

    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    @Override
    public void close() throws InterruptedException {
        ending = true;
        channels.forEach(ManagedChannel::shutdownNow);
        commands.close();
        if (!server.waitFor(5, TimeUnit.SECONDS)) {
            server.destroyForcibly();
        }
    }
}
