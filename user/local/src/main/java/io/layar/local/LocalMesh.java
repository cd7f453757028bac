package io.layar.local;

import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import io.layar.config.ConfigDelta;
import io.layar.config.ConfigSet;
import io.layar.config.Kinds;
import io.layar.config.Resource;
import io.layar.config.ResourceKey;
import io.layar.local.cluster.ClusterObjects;
import io.layar.local.network.PodNetwork;
import io.layar.local.pod.RunningPod;
import io.layar.local.workload.PodPlan;
import io.layar.local.workload.Workloads;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A running mesh: one loop that brings pods and control plane to what the resources say. Everything that happens (a file changed,
 * a pod became ready, somebody applied a resource) is an event on that loop.
 * Thread: public methods may be called from any thread; state belongs to the loop.
 */
public final class LocalMesh implements AutoCloseable {
    /** How long a leaving pod keeps serving after every proxy has heard that it leaves: requests in flight end. */
    private static final Duration LINGER = Duration.ofSeconds(2);

    private static final Duration ACKNOWLEDGE = Duration.ofSeconds(2);

    private final PodNetwork network;
    private final ControlPlane controlPlane;
    private final PodFleet fleet;
    private final ClusterObjects clusterObjects = new ClusterObjects();
    private final Consumer<String> report;
    private final String proxyName;
    private final LinkedBlockingQueue<Runnable> events = new LinkedBlockingQueue<>();
    private final Thread loop;

    private ConfigSet files = ConfigSet.EMPTY;
    private final Map<ResourceKey, Resource<?>> applied = new LinkedHashMap<>();
    private final Set<ResourceKey> deleted = new LinkedHashSet<>();
    private Map<String, String> names = Map.of();
    private volatile ConfigSet published = ConfigSet.EMPTY;
    private volatile boolean closed;

    LocalMesh(
            PodNetwork network,
            ControlPlane controlPlane,
            java.util.function.Function<Runnable, PodFleet> fleet,
            String proxyName,
            Consumer<String> report) {
        this.network = network;
        this.controlPlane = controlPlane;
        this.proxyName = proxyName;
        this.report = report;
        this.fleet = fleet.apply(() -> submit(this::publish));
        this.loop = Thread.ofPlatform().name("mesh").unstarted(this::run);
    }

    void start() {
        loop.start();
    }

    private void run() {
        while (!closed) {
            try {
                events.take().run();
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                report.accept("bug: " + e);
                System.getLogger(LocalMesh.class.getName()).log(System.Logger.Level.ERROR, "an event failed", e);
            }
        }
    }

    private void submit(Runnable event) {
        events.add(event);
    }

    /** What the files say now. */
    void filesChanged(ConfigSet now) {
        submit(() -> {
            files = now;
            reconcile();
        });
    }

    /** Puts resources over those of the files, as {@code kubectl apply} does. */
    public void apply(List<Resource<?>> resources) {
        call(() -> {
            for (Resource<?> resource : resources) {
                applied.put(resource.key(), resource);
                deleted.remove(resource.key());
            }
            reconcile();
            return true;
        });
    }

    /** Takes resources away, whether they came from a file or were applied; returns those that were there. */
    public List<ResourceKey> delete(List<ResourceKey> keys) {
        return call(() -> {
            ConfigSet before = desired();
            List<ResourceKey> gone = new ArrayList<>();
            for (ResourceKey key : keys) {
                if (before.get(key) != null) {
                    gone.add(key);
                }
                applied.remove(key);
                if (files.get(key) != null) {
                    deleted.add(key);
                }
            }
            reconcile();
            return gone;
        });
    }

    private ConfigSet desired() {
        return files.apply(delta(applied.values(), deleted));
    }

    private static ConfigDelta delta(Collection<Resource<?>> updated, Set<ResourceKey> removed) {
        Map<ResourceKey, Resource<?>> byKey = new LinkedHashMap<>();
        updated.forEach(resource -> byKey.put(resource.key(), resource));
        return new ConfigDelta(ImmutableSortedMap.copyOf(byKey), ImmutableSortedSet.copyOf(removed));
    }

    private void reconcile() {
        ConfigSet resources = desired();
        List<RunningPod> going = fleet.reconcile(Workloads.plans(resources), resources);
        publish();
        if (!going.isEmpty()) {
            Thread.ofVirtual().name("leaving").start(() -> see(going));
        }
    }

    /** Lets leaving pods serve until every proxy knows, and what is in flight had time to end. */
    private void see(List<RunningPod> going) {
        controlPlane.awaitAcknowledged(ACKNOWLEDGE);
        java.util.concurrent.locks.LockSupport.parkNanos(LINGER.toNanos());
        fleet.end(going);
        submit(() -> {
            fleet.forget(going);
            publish();
        });
    }

    /** Tells the control plane and the pods' name tables what there is now. */
    private void publish() {
        ConfigSet resources = desired();
        List<Resource<?>> own = clusterObjects.of(resources, fleet.observations());
        ConfigSet all = resources.apply(delta(own, Set.of()));
        published = all;
        controlPlane.update(all);
        Map<String, String> now = clusterObjects.hostNames(all);
        if (!now.equals(names)) {
            names = now;
            try {
                network.names(now);
            } catch (IOException e) {
                report.accept("host names of the pods: " + e.getMessage());
            }
        }
    }

    /** Every resource of the mesh, those of the cluster's own controllers among them. */
    public ConfigSet resources() {
        return published;
    }

    /** What runs now. */
    public MeshView view() {
        return call(() -> {
            List<MeshView.PodView> pods = new ArrayList<>();
            fleet.running().forEach(pod -> pods.add(view(pod)));
            return new MeshView(network.name(), proxyName, fleet.allReady(), pods, gateways());
        });
    }

    private MeshView.PodView view(RunningPod pod) {
        return new MeshView.PodView(
                pod.plan().namespace(),
                pod.plan().name(),
                pod.address().mesh(),
                pod.plan().hasProxy() ? proxyName : "-",
                pod.isReady() ? "ready" : "starting",
                pod.restarts(),
                pod.logFile().toString(),
                pod.plan().hasProxy() ? pod.proxyLogFile().toString() : "",
                pod.enter(),
                pod.variables());
    }

    /** A URL for each HTTP port of a Service that selects a gateway pod. */
    private List<String> gateways() {
        Set<String> urls = new LinkedHashSet<>();
        for (var slice : published.of(Kinds.ENDPOINT_SLICE)) {
            for (var endpoint : slice.spec().endpoints()) {
                String address = endpoint.addresses().getFirst();
                boolean gateway = fleet.running().stream()
                        .anyMatch(pod -> pod.plan().role() == PodPlan.Role.GATEWAY
                                && pod.address().mesh().equals(address));
                if (gateway) {
                    slice.spec().ports().forEach(port -> urls.add(url(address, port.name(), port.port())));
                }
            }
        }
        return List.copyOf(urls);
    }

    private static String url(
            String address,
            @org.jspecify.annotations.Nullable String name,
            @org.jspecify.annotations.Nullable Integer port) {
        String scheme = name != null && (name.startsWith("https") || name.startsWith("tls")) ? "https" : "http";
        return scheme + "://" + address + ":" + port;
    }

    private <T> T call(Supplier<T> task) {
        CompletableFuture<T> result = new CompletableFuture<>();
        submit(() -> {
            try {
                result.complete(task.get());
            } catch (RuntimeException e) {
                result.completeExceptionally(e);
            }
        });
        try {
            return result.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        }
    }

    /** Ends all pods, the control plane and the network. Blocks until nothing is left. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        CompletableFuture<Boolean> ended = new CompletableFuture<>();
        submit(() -> {
            fleet.endAll();
            closed = true;
            ended.complete(true);
        });
        try {
            ended.get(60, TimeUnit.SECONDS);
        } catch (Exception e) {
            report.accept("pods did not end in time: " + e);
        }
        controlPlane.close();
        network.close();
    }
}
