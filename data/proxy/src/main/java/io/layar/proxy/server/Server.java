package io.layar.proxy.server;

import io.envoyproxy.envoy.config.bootstrap.v3.Bootstrap;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.layar.proxy.core.accesslog.FormatFacts;
import io.layar.proxy.core.config.ConfigRejected;
import io.layar.proxy.core.config.Validation;
import io.layar.proxy.core.runtime.RuntimeValues;
import io.layar.proxy.core.stats.StatsStore;
import io.layar.proxy.listener.Listeners;
import io.layar.proxy.network.Services;
import io.layar.proxy.server.admin.AdminServer;
import io.layar.proxy.worker.Workers;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/** One running proxy. Thread: {@code start} and {@code awaitEnd} on the main thread; everything else on the main loop. */
public final class Server {
    private static final Logger LOG = Logger.getLogger("io.layar.proxy.server");

    private final CommandLine flags;
    private final Bootstrap bootstrap;
    private final ServerState state;
    private final Services services;
    private final Workers workers;
    private static final long LONGEST_CLOSE_SECONDS = 10;

    private final CountDownLatch end = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Validation validation = new Validation();

    /** {@code facts}: what access logs may tell of this machine. */
    Server(CommandLine flags, Bootstrap bootstrap, FormatFacts facts) {
        this.flags = flags;
        this.bootstrap = bootstrap;
        BootstrapChecks.check(bootstrap);
        this.state = new ServerState();
        this.workers = WorkerThreads.start(flags.concurrency());
        RuntimeValues runtime = new RuntimeValues();
        this.services = new Services(new StatsStore(), runtime, workers, node());
        services.provide(ServerState.class, state);
        services.provide(RuntimeLayers.class, new RuntimeLayers(bootstrap, runtime));
        services.provide(Bootstrap.class, bootstrap);
        services.provide(CommandLine.class, flags);
        services.provide(Validation.class, validation);
        services.provide(FormatFacts.class, facts);
    }

    private Services.Node node() {
        var proto = bootstrap.getNode();
        String id = flags.serviceNode().isEmpty() ? proto.getId() : flags.serviceNode();
        String cluster = flags.serviceCluster().isEmpty() ? proto.getCluster() : flags.serviceCluster();
        var locality = proto.getLocality();
        String zone = flags.serviceZone().isEmpty() ? locality.getZone() : flags.serviceZone();
        return new Services.Node(id, cluster, locality.getRegion(), zone, locality.getSubZone());
    }

    /** Compiles the whole configuration without opening a socket. Errors: {@link ConfigRejected}. */
    void validate() {
        onMainLoop(() -> {
            ServerWiring.wire(bootstrap, services, state);
            load();
        });
    }

    /** Errors: {@link ConfigRejected} when the configuration is refused or an address is taken. */
    void start() throws IOException {
        onMainLoop(() -> {
            ServerWiring.wire(bootstrap, services, state);
            if (bootstrap.getAdmin().hasAddress()) {
                AdminServer admin = new AdminServer(services, end::countDown);
                services.provide(AdminServer.class, admin);
            }
            load();
        });
        if (bootstrap.getAdmin().hasAddress()) {
            services.require(AdminServer.class).bind(bootstrap.getAdmin().getAddress(), flags.adminAddressPath());
        }
        onMainLoop(() -> ServerWiring.start(bootstrap, services, this::ready));
        Runtime.getRuntime().addShutdownHook(new Thread(this::onSignal, "end"));
    }

    /** A signal ends the process as the admin interface does: after everything is closed, with exit code 0. */
    private void onSignal() {
        if (end.getCount() == 0) {
            return;
        }
        end.countDown();
        try {
            if (!closed.await(LONGEST_CLOSE_SECONDS, TimeUnit.SECONDS)) {
                LOG.log(Level.WARNING, "not everything closed in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(0);
    }

    private void load() {
        validation.check(bootstrap, "");
        ServerWiring.loadClusters(bootstrap, services);
        Listeners listeners = services.require(Listeners.class);
        for (int i = 0; i < bootstrap.getStaticResources().getListenersCount(); i++) {
            Listener listener = bootstrap.getStaticResources().getListeners(i);
            try {
                listeners.addStatic(listener);
            } catch (ConfigRejected e) {
                throw e.within("static_resources.listeners[" + i + "]");
            }
        }
    }

    /** Everything that the start waits for is there: listeners open. */
    private void ready() {
        try {
            services.require(Listeners.class).start();
            state.live();
            LOG.log(Level.INFO, "all dependencies initialized. starting workers");
        } catch (ConfigRejected e) {
            LOG.log(Level.SEVERE, "cannot start: {0}", e.getMessage());
            state.fail(e);
            end.countDown();
        }
    }

    private void onMainLoop(Runnable task) {
        try {
            workers.main().loop().submit(task).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ConfigRejected rejected) {
                throw rejected;
            }
            throw new IllegalStateException(e.getCause());
        }
        ConfigRejected failure = state.failure();
        if (failure != null) {
            throw failure;
        }
    }

    /** Waits for SIGTERM, SIGINT or {@code /quitquitquit}, then closes everything and lets logs write what they hold. */
    void awaitEnd() {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        LOG.log(Level.INFO, "shutting down server instance");
        services.require(Listeners.class).close();
        services.runExitTasks();
        closed.countDown();
        ConfigRejected failure = state.failure();
        if (failure != null) {
            throw failure;
        }
    }
}
