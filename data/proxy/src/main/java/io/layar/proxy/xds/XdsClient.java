package io.layar.proxy.xds;

import com.google.protobuf.Duration;
import com.google.protobuf.Message;
import io.envoyproxy.envoy.config.bootstrap.v3.Bootstrap;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.ApiConfigSource;
import io.envoyproxy.envoy.config.core.v3.ConfigSource;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.config.core.v3.PathConfigSource;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.grpc.Status;
import io.layar.proxy.core.config.ConfigRejected;
import io.layar.proxy.core.config.Validation;
import io.layar.proxy.core.stats.Gauge;
import io.layar.proxy.listener.Listeners;
import io.layar.proxy.network.Services;
import io.layar.xds.Subscription;
import io.layar.xds.TypeUrl;
import io.layar.xds.client.AdsClient;
import io.layar.xds.client.Update;
import io.layar.xds.client.Verdict;
import io.netty.channel.EventLoop;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Everything that this proxy takes dynamically: the aggregated stream, streams of one kind, files.
 *
 * <p>Order at the start: clusters and what they wait for, then listeners and what they wait for, then the proxy is ready; each
 * step waits at most its {@code initial_fetch_timeout}. A control plane that is gone changes nothing in use. Thread: main loop.
 */
public final class XdsClient implements Subscriptions {
    private static final Logger LOG = Logger.getLogger("io.layar.proxy.xds");
    private static final long DEFAULT_FETCH_MILLIS = 15_000;
    private static final String DYNAMIC = "dynamic_resources";

    private final Bootstrap bootstrap;
    private final Services services;
    private final EventLoop loop;
    private final ResourceTypes types;
    private final Streams streams;
    private final Map<String, Mux> muxes = new HashMap<>();
    private final Map<String, AdsClient<?, ?>> clients = new HashMap<>();
    private final Gauge connected;
    private @Nullable WholeUpdates clusters;
    private @Nullable WholeUpdates listeners;

    /** @param node what the control plane is told of this proxy */
    public XdsClient(Bootstrap bootstrap, Node node, Services services) {
        this.bootstrap = bootstrap;
        this.services = services;
        this.loop = services.workers().main().loop();
        this.types = new ResourceTypes(services.require(Validation.class));
        this.streams =
                new Streams(new ControlPlane(bootstrap, services.workers().main()), node, loop);
        this.connected = services.stats().scope("control_plane.").gauge("connected_state");
        if (bootstrap.getDynamicResources().hasAdsConfig()) {
            aggregated(bootstrap.getDynamicResources().getAdsConfig());
        }
    }

    private void aggregated(ApiConfigSource config) {
        open("ads", (handler, path) -> streams.aggregated(config, handler, path), DYNAMIC + ".ads_config");
    }

    /** How a stream is made. */
    private interface Opener {
        AdsClient<?, ?> open(AdsClient.Handler handler, String path);
    }

    private Mux open(String key, Opener opener, String path) {
        Map<TypeUrl, Subscription> early = new HashMap<>();
        Mux mux = new Mux(types, (type, wanted) -> {
            AdsClient<?, ?> client = clients.get(key);
            if (client == null) {
                early.put(type, wanted);
            } else {
                client.watch(type, wanted);
            }
        });
        AdsClient<?, ?> client = opener.open(
                new AdsClient.Handler() {
                    @Override
                    public Verdict update(Update update) {
                        return taken(mux, update);
                    }

                    @Override
                    public void connected() {
                        connected.set(1);
                    }

                    @Override
                    public void disconnected(Status status) {
                        connected.set(0);
                        LOG.log(Level.WARNING, "control plane {0} lost: {1}", new Object[] {key, status});
                    }
                },
                path);
        clients.put(key, client);
        muxes.put(key, mux);
        early.forEach(client::watch);
        client.connect();
        return mux;
    }

    private static Verdict taken(Mux mux, Update update) {
        Verdict verdict = mux.update(update);
        if (!verdict.accepted()) {
            LOG.log(Level.WARNING, "{0} refused: {1}", new Object[] {update.type(), verdict.error()});
        }
        return verdict;
    }

    /** Begins to fetch, and runs {@code ready} once when all that the start waits for is there. Errors: {@link ConfigRejected}. */
    public void start(Runnable ready) {
        ClusterRegistry registry = services.require(ClusterRegistry.class);
        Step afterListeners = new Step(ready);
        Step afterClusters = new Step(() -> registry.whenWarm(() -> startListeners(afterListeners)));
        if (bootstrap.getDynamicResources().hasCdsConfig()) {
            clusters = new WholeUpdates(
                    types,
                    TypeUrl.CLUSTER,
                    "cluster",
                    new WholeUpdates.Target() {
                        @Override
                        public void addOrUpdate(Message cluster, String version) {
                            registry.addOrUpdate((Cluster) cluster, version);
                        }

                        @Override
                        public void remove(String name) {
                            registry.remove(name);
                        }
                    },
                    afterClusters);
            takeAll(TypeUrl.CLUSTER, bootstrap.getDynamicResources().getCdsConfig(), clusters, "cds_config");
            giveUpAfter(bootstrap.getDynamicResources().getCdsConfig(), afterClusters);
        } else {
            afterClusters.run();
        }
    }

    private void startListeners(Step then) {
        if (!bootstrap.getDynamicResources().hasLdsConfig()) {
            then.run();
            return;
        }
        Listeners all = services.require(Listeners.class);
        WholeUpdates updates = new WholeUpdates(
                types,
                TypeUrl.LISTENER,
                "listener",
                new WholeUpdates.Target() {
                    @Override
                    public void addOrUpdate(Message listener, String version) {
                        all.addOrUpdate((Listener) listener, version);
                    }

                    @Override
                    public void remove(String name) {
                        all.remove(name);
                    }
                },
                then);
        listeners = updates;
        takeAll(TypeUrl.LISTENER, bootstrap.getDynamicResources().getLdsConfig(), updates, "lds_config");
        giveUpAfter(bootstrap.getDynamicResources().getLdsConfig(), then);
    }

    private void takeAll(TypeUrl kind, ConfigSource source, Function<Update, Verdict> taker, String field) {
        try {
            switch (source.getConfigSourceSpecifierCase()) {
                case PATH, PATH_CONFIG_SOURCE -> FileSource.start(kind, path(source), taker, loop);
                default -> mux(kind, source).takeAll(kind, taker);
            }
        } catch (ConfigRejected e) {
            throw e.within(DYNAMIC + "." + field);
        }
    }

    private void giveUpAfter(ConfigSource source, Step step) {
        long millis = fetchMillis(source);
        if (millis > 0) {
            var unused = loop.schedule(step, millis, TimeUnit.MILLISECONDS);
        }
    }

    /** How long to wait for a first answer; 0 waits for ever. */
    private static long fetchMillis(ConfigSource source) {
        if (!source.hasInitialFetchTimeout()) {
            return DEFAULT_FETCH_MILLIS;
        }
        Duration timeout = source.getInitialFetchTimeout();
        return timeout.getSeconds() * 1000 + timeout.getNanos() / 1_000_000;
    }

    /** Something that is done once, on whatever comes first. */
    private static final class Step implements Runnable {
        private final Runnable task;
        private boolean done;

        private Step(Runnable task) {
            this.task = task;
        }

        @Override
        public void run() {
            if (!done) {
                done = true;
                task.run();
            }
        }
    }

    private Mux mux(TypeUrl kind, ConfigSource source) {
        String key = Subscriptions.keyOf(source);
        return switch (source.getConfigSourceSpecifierCase()) {
            case ADS, SELF -> {
                Mux mux = muxes.get(key);
                if (mux == null) {
                    throw new ConfigRejected("ads", "ADS must be configured when providing an ADS config source");
                }
                yield mux;
            }
            case API_CONFIG_SOURCE -> {
                String own = kind.shortName() + " " + key;
                Mux mux = muxes.get(own);
                yield mux != null
                        ? mux
                        : open(
                                own,
                                (handler, path) -> streams.ofKind(kind, source.getApiConfigSource(), handler, path),
                                "api_config_source");
            }
            case PATH, PATH_CONFIG_SOURCE -> {
                String own = kind.shortName() + " " + key;
                Mux mux = muxes.get(own);
                if (mux == null) {
                    Mux made = new Mux(types, (type, wanted) -> {});
                    muxes.put(own, made);
                    FileSource.start(kind, path(source), update -> taken(made, update), loop);
                    mux = made;
                }
                yield mux;
            }
            case CONFIGSOURCESPECIFIER_NOT_SET -> throw new ConfigRejected("", "a config source specifier is required");
        };
    }

    private static PathConfigSource path(ConfigSource source) {
        return source.hasPathConfigSource()
                ? source.getPathConfigSource()
                : PathConfigSource.newBuilder().setPath(source.getPath()).build();
    }

    @Override
    public <M extends Message> Runnable watch(
            TypeUrl kind, Class<M> type, ConfigSource source, String name, Watcher<M> watcher) {
        Mux mux = mux(kind, source);
        Watcher<Message> any = new Watcher<>() {
            @Override
            public void arrived(Message resource, String version) {
                watcher.arrived(type.cast(resource), version);
            }

            @Override
            public void removed() {
                watcher.removed();
            }
        };
        Runnable end = mux.watch(kind, name, any);
        long millis = fetchMillis(source);
        if (millis > 0 && !mux.has(kind, name)) {
            var waiting = loop.schedule(
                    () -> {
                        if (!mux.has(kind, name)) {
                            watcher.timedOut();
                        }
                    },
                    millis,
                    TimeUnit.MILLISECONDS);
            return () -> {
                waiting.cancel(false);
                end.run();
            };
        }
        return end;
    }

    /** Versions by name of the dynamic clusters in use, for the admin pages. */
    public Map<String, String> clusterVersions() {
        WholeUpdates known = clusters;
        return known == null ? Map.of() : known.versions();
    }

    /** Versions by name of the dynamic listeners in use, for the admin pages. */
    public Map<String, String> listenerVersions() {
        WholeUpdates known = listeners;
        return known == null ? Map.of() : known.versions();
    }

    /** Ends all streams. */
    public void stop() {
        clients.values().forEach(AdsClient::stop);
    }
}
