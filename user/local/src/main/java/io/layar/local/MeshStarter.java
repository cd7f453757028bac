package io.layar.local;

import io.layar.config.ResourceReader;
import io.layar.config.validate.Validators;
import io.layar.local.api.MeshApi;
import io.layar.local.api.MeshRecord;
import io.layar.local.network.LoopbackNetwork;
import io.layar.local.network.NetnsNetwork;
import io.layar.local.network.PodNetwork;
import io.layar.local.pod.PodEnvironment;
import io.layar.local.process.ProcessLedger;
import io.layar.sources.file.FileSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Puts a mesh together and takes it apart again. Thread: the one that called {@link #start}. */
public final class MeshStarter implements AutoCloseable {
    private static final String LEDGER = "processes";
    private static final long LOOK_AGAIN_MILLIS = 50;

    private final Path folder;
    private final LocalMesh mesh;
    private final MeshApi api;
    private final FileSource source;
    private final ScheduledExecutorService timers;
    private final CountDownLatch down;

    private MeshStarter(
            Path folder,
            LocalMesh mesh,
            MeshApi api,
            FileSource source,
            ScheduledExecutorService timers,
            CountDownLatch down) {
        this.folder = folder;
        this.mesh = mesh;
        this.api = api;
        this.source = source;
        this.timers = timers;
        this.down = down;
    }

    /** The name that a user's mesh carries on this machine: part of device names, so short. */
    public static String meshName(Path folder) {
        return Integer.toHexString(folder.toAbsolutePath().toString().hashCode() & 0xfffff);
    }

    /** Ends what a mesh that crashed left behind. */
    public static void cleanUp(Path folder) throws IOException {
        ProcessLedger.endAll(folder.resolve(LEDGER));
        MeshRecord.remove(folder);
        if (NetnsNetwork.missing().isEmpty()) {
            NetnsNetwork.removeLeftovers(meshName(folder));
        }
    }

    /**
     * Starts control plane, network and pods, and returns when the first pods are on their way.
     *
     * @param variables environment of the control plane
     * @param report lines for a person: problems of the configuration, pods that cannot start
     */
    public static MeshStarter start(MeshSettings settings, Map<String, String> variables, Consumer<String> report)
            throws IOException {
        Path folder = settings.folder();
        Files.createDirectories(folder);
        cleanUp(folder);
        PodNetwork network = network(settings, report);
        ScheduledExecutorService timers =
                Executors.newScheduledThreadPool(1, Thread.ofPlatform().daemon().factory());
        CountDownLatch down = new CountDownLatch(1);
        ControlPlane controlPlane = EmbeddedControlPlane.start(network, variables, report);
        PodEnvironment environment = new PodEnvironment(
                folder,
                settings.workingDirectory(),
                settings.base(),
                network,
                settings.proxy(),
                controlPlane.port(),
                new ProcessLedger(folder.resolve(LEDGER)),
                timers);
        LocalMesh mesh = new LocalMesh(
                network,
                controlPlane,
                onChange -> new PodFleet(environment, onChange, report),
                settings.proxy().name(),
                report);
        mesh.start();
        MeshApi api = MeshApi.start(mesh, down::countDown);
        api.record(meshName(folder)).write(folder);
        FileSource source = FileSource.start(
                settings.paths(), new ResourceReader(Validators.ALL), FileSource.Options.DEFAULT, update -> {
                    update.problems().forEach(problem -> report.accept(problem.toString()));
                    mesh.filesChanged(update.resources());
                });
        return new MeshStarter(folder, mesh, api, source, timers, down);
    }

    private static PodNetwork network(MeshSettings settings, Consumer<String> report) throws IOException {
        String missing = settings.capture() == MeshSettings.Capture.NONE ? "not asked for" : NetnsNetwork.missing();
        if (missing.isEmpty()) {
            return NetnsNetwork.open(meshName(settings.folder()));
        }
        if (settings.capture() == MeshSettings.Capture.NETNS) {
            throw new IOException("--capture=netns is not possible here: " + missing);
        }
        if (settings.capture() == MeshSettings.Capture.AUTO) {
            report.accept("capture: none (namespaces are not possible here: " + missing + ")");
        }
        return new LoopbackNetwork();
    }

    public LocalMesh mesh() {
        return mesh;
    }

    /** Waits until every pod is ready, at most {@code patience}; tells whether they are. */
    public boolean awaitReady(Duration patience, Consumer<MeshView> progress) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (System.nanoTime() < end) {
            MeshView view = mesh.view();
            progress.accept(view);
            if (view.ready() && !view.pods().isEmpty()) {
                return true;
            }
            if (down.await(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS)) {
                return false;
            }
        }
        return false;
    }

    /** Waits until somebody asks for the end. */
    public void awaitDown() throws InterruptedException {
        down.await();
    }

    /** Makes {@link #awaitDown} return. */
    public void askDown() {
        down.countDown();
    }

    @Override
    public void close() {
        source.close();
        mesh.close();
        timers.shutdownNow();
        api.close();
        try {
            MeshRecord.remove(folder);
            deleteTree(folder);
        } catch (IOException e) {
            System.getLogger(MeshStarter.class.getName()).log(System.Logger.Level.WARNING, "cannot remove " + folder);
        }
    }

    private static void deleteTree(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
