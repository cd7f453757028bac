package io.layar.discovery.cli;

import com.google.common.collect.ImmutableList;
import io.layar.base.GoDuration;
import io.layar.base.Problem;
import io.layar.config.ConfigSet;
import io.layar.config.MeshConfigLoader.Loaded;
import io.layar.config.ResourceReader;
import io.layar.config.validate.Validators;
import io.layar.discovery.DiscoveryServer;
import io.layar.discovery.DiscoverySettings;
import io.layar.discovery.push.ResourceRewrite;
import io.layar.discovery.push.SnapshotMesh;
import io.layar.mesh.MeshSettings;
import io.layar.sources.file.FileSource;
import io.layar.xds.server.TlsFiles;
import io.layar.xds.server.XdsServerSettings;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code layar discovery}: the control plane as a daemon. */
@Command(
        name = "discovery",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Runs the control plane: serves the configuration of folders of YAML to proxies over xDS.",
        footer = {"", "Example: layar discovery --configDir samples/bookinfo --grpcAddr :15010"})
public final class DiscoveryCommand implements Callable<Integer> {
    private static final int DONE = 0;
    private static final int WRONG = 1;
    private static final int MISUSE = 2;
    private static final int UNAVAILABLE = 69;
    private static final long MESH_LOOK_MILLIS = 1000;

    private final Map<String, String> environment;
    private final PrintStream err;

    @Option(
            names = "--configDir",
            paramLabel = "DIR",
            description = "Folder with Kubernetes and Istio resources; watched.")
    private @Nullable Path configDir;

    @Option(names = "--meshConfig", paramLabel = "FILE", description = "File with the mesh configuration; watched.")
    private @Nullable Path meshConfig = Path.of("./etc/istio/config/mesh");

    @Option(names = "--networksConfig", paramLabel = "FILE", description = "File with the mesh networks; watched.")
    private @Nullable Path networksConfig = Path.of("./etc/istio/config/meshNetworks");

    @Option(names = "--grpcAddr", paramLabel = "ADDR", description = "xDS in plain text. '' turns it off.")
    private String grpcAddr = ":15010";

    @Option(
            names = "--secureGRPCAddr",
            paramLabel = "ADDR",
            description = "xDS over TLS; needs --tlsCertFile. '' turns it off.")
    private String secureGrpcAddr = ":15012";

    @Option(names = "--httpsAddr", paramLabel = "ADDR", description = "Webhooks. Accepted; no webhook is served yet.")
    private String httpsAddr = ":15017";

    @Option(names = "--httpAddr", paramLabel = "ADDR", description = "Debug pages and /ready. '' turns it off.")
    private String httpAddr = ":8080";

    @Option(names = "--monitoringAddr", paramLabel = "ADDR", description = "/metrics and /version. '' turns it off.")
    private String monitoringAddr = ":15014";

    @Option(names = "--domain", paramLabel = "DOMAIN", description = "Domain suffix of services.")
    private String domain = "cluster.local";

    @Option(names = "--clusterID", paramLabel = "ID", description = "Name of the cluster.")
    private String clusterId = "Kubernetes";

    @Option(
            names = {"-n", "--namespace"},
            paramLabel = "NS",
            description = "Namespace of the control plane.")
    private String namespace = "istio-system";

    @Option(
            names = "--registries",
            split = ",",
            paramLabel = "NAME",
            description = "Where services come from. With --configDir: the folder.")
    private List<String> registries = List.of();

    @Option(names = "--kubeconfig", paramLabel = "FILE", description = "Refused: this build has no Kubernetes source.")
    private @Nullable Path kubeconfig;

    @Option(names = "--tlsCertFile", paramLabel = "FILE", description = "Certificate chain of the server, PEM.")
    private @Nullable Path tlsCertFile;

    @Option(names = "--tlsKeyFile", paramLabel = "FILE", description = "Key of the server, PEM.")
    private @Nullable Path tlsKeyFile;

    @Option(
            names = "--caCertFile",
            paramLabel = "FILE",
            description = "Roots that sign the certificates of clients, PEM.")
    private @Nullable Path caCertFile;

    @Option(names = "--shutdownDuration", paramLabel = "TIME", description = "How long proxies may go on at the end.")
    private String shutdownDuration = "10s";

    @Option(
            names = "--log_output_level",
            paramLabel = "LEVELS",
            description = "scope:level,…; of it, the level of default counts.")
    private String logLevels = "default:info";

    /** @param environment control-plane variables, as istiod knows them */
    public DiscoveryCommand(Map<String, String> environment) {
        this(environment, System.err);
    }

    DiscoveryCommand(Map<String, String> environment, PrintStream err) {
        this.environment = environment;
        this.err = err;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (kubeconfig != null || registries.contains("Kubernetes")) {
            err.println("discovery: --kubeconfig and --registries Kubernetes: this build has no Kubernetes source (use"
                    + " --configDir)");
            return UNAVAILABLE;
        }
        Path folder = configDir;
        if (folder == null) {
            err.println("discovery: --configDir is needed");
            return MISUSE;
        }
        try {
            LogLevels.apply(logLevels);
            return run(folder, DiscoveryEnv.of(environment));
        } catch (IllegalArgumentException e) {
            err.println("discovery: " + e.getMessage());
            return MISUSE;
        } catch (IOException e) {
            err.println("discovery: " + e.getMessage());
            return WRONG;
        }
    }

    private int run(Path folder, DiscoveryEnv env) throws IOException, InterruptedException {
        MeshFiles files = new MeshFiles(meshConfig, networksConfig, this::report);
        Loaded mesh = files.readIfChanged();
        if (mesh == null) {
            return WRONG;
        }
        MeshSettings settings = new MeshSettings(clusterId, domain, namespace, env.features());
        SnapshotMesh initial = SnapshotMesh.of(settings, ConfigSet.EMPTY, mesh.mesh(), mesh.networks());
        DiscoverySettings start = new DiscoverySettings(
                xdsAddresses(),
                Addresses.parse("--httpAddr", httpAddr),
                Addresses.parse("--monitoringAddr", monitoringAddr),
                env.debounce(),
                initial,
                ResourceRewrite.NONE,
                "1.32.0-layar");
        Duration grace = GoDuration.parse(shutdownDuration);
        if (grace == null) {
            throw new IllegalArgumentException(
                    "--shutdownDuration: " + shutdownDuration + " (expected: a duration such as 10s)");
        }
        CountDownLatch end = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> endOrderly(end, done, grace), "end"));
        try (DiscoveryServer server = DiscoveryServer.start(start)) {
            serve(server, folder, files, end);
            server.stop(grace);
        } finally {
            done.countDown();
        }
        return DONE;
    }

    /** SIGTERM and SIGINT: the daemon stops by itself, and that is no failure. */
    private static void endOrderly(CountDownLatch end, CountDownLatch done, Duration grace) {
        if (done.getCount() == 0) {
            return;
        }
        end.countDown();
        try {
            if (done.await(grace.toSeconds() + 5, TimeUnit.SECONDS)) {
                Runtime.getRuntime().halt(DONE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Follows the files until the process is asked to end. */
    private void serve(DiscoveryServer server, Path folder, MeshFiles files, CountDownLatch end)
            throws IOException, InterruptedException {
        try (FileSource source = FileSource.start(
                        List.of(folder), new ResourceReader(Validators.ALL), FileSource.Options.DEFAULT, update -> {
                            update.problems().forEach(this::report);
                            server.update(update.delta());
                        });
                ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor()) {
            source.refresh();
            // Said on the loop, after all that the folder held at the start.
            server.update(
                    state -> {
                        server.markReady();
                        err.println("discovery ready");
                        return state;
                    },
                    "start");
            var unused = timer.scheduleWithFixedDelay(
                    () -> reloadMesh(server, files), MESH_LOOK_MILLIS, MESH_LOOK_MILLIS, TimeUnit.MILLISECONDS);
            end.await();
            timer.shutdownNow();
        }
    }

    private void reloadMesh(DiscoveryServer server, MeshFiles files) {
        try {
            Loaded loaded = files.readIfChanged();
            if (loaded != null) {
                server.update(
                        state -> state instanceof SnapshotMesh mesh
                                ? mesh.with(loaded.mesh(), loaded.networks())
                                : state,
                        "mesh");
            }
        } catch (IOException e) {
            err.println("discovery: " + e.getMessage());
        }
    }

    private ImmutableList<XdsServerSettings> xdsAddresses() throws IOException {
        ImmutableList.Builder<XdsServerSettings> addresses = ImmutableList.builder();
        InetSocketAddress plain = Addresses.parse("--grpcAddr", grpcAddr);
        if (plain != null) {
            addresses.add(XdsServerSettings.plain(plain));
        }
        InetSocketAddress secure = Addresses.parse("--secureGRPCAddr", secureGrpcAddr);
        if (secure != null && tlsCertFile != null && tlsKeyFile != null) {
            addresses.add(XdsServerSettings.tls(secure, TlsFiles.context(tlsCertFile, tlsKeyFile, caCertFile)));
        } else if (secure != null) {
            err.println("discovery: --secureGRPCAddr is off: it needs --tlsCertFile and --tlsKeyFile");
        }
        if (!httpsAddr.isEmpty()) {
            err.println("discovery: --httpsAddr is off: no webhook is served yet");
        }
        return addresses.build();
    }

    private void report(Problem problem) {
        err.println(problem);
    }
}
