package io.layar.local;

import com.google.common.collect.ImmutableList;
import io.layar.config.ConfigSet;
import io.layar.local.cluster.PodObservation;
import io.layar.local.pod.PodEnvironment;
import io.layar.local.pod.RunningPod;
import io.layar.local.workload.PodPlan;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * The pods that run, brought to what should run. Starting and stopping take their time on threads of their own; the fleet's
 * own state belongs to the mesh's loop.
 */
final class PodFleet {
    private static final int STARTS_AT_A_TIME = 4;

    private final PodEnvironment environment;
    private final Runnable onChange;
    private final Consumer<String> report;
    private final Map<String, RunningPod> pods = new LinkedHashMap<>();
    private final List<RunningPod> leaving = new ArrayList<>();
    private final ExecutorService starters = Executors.newFixedThreadPool(STARTS_AT_A_TIME);

    PodFleet(PodEnvironment environment, Runnable onChange, Consumer<String> report) {
        this.environment = environment;
        this.onChange = onChange;
        this.report = report;
    }

    /** Starts what is missing; returns the pods that have to go, already marked as leaving. */
    List<RunningPod> reconcile(Collection<PodPlan> plans, ConfigSet resources) {
        Map<String, PodPlan> wanted = new LinkedHashMap<>();
        plans.forEach(plan -> wanted.put(plan.key(), plan));
        List<RunningPod> going = new ArrayList<>();
        for (RunningPod pod : List.copyOf(pods.values())) {
            if (!pod.plan().equals(wanted.get(pod.plan().key()))) {
                pods.remove(pod.plan().key());
                pod.beginTermination();
                going.add(pod);
            }
        }
        leaving.addAll(going);
        startMissing(wanted.values(), resources);
        return going;
    }

    private void startMissing(Collection<PodPlan> wanted, ConfigSet resources) {
        Map<PodPlan, Future<RunningPod>> starting = new LinkedHashMap<>();
        for (PodPlan plan : wanted) {
            if (!pods.containsKey(plan.key())) {
                starting.put(plan, starters.submit(() -> RunningPod.start(plan, environment, resources, onChange)));
            }
        }
        starting.forEach((plan, pod) -> {
            try {
                pods.put(plan.key(), pod.get());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (Exception e) {
                Throwable cause = e.getCause() instanceof IOException ? e.getCause() : e;
                report.accept("pod " + plan.key() + " cannot start: " + cause.getMessage());
            }
        });
    }

    /** Ends pods that {@link #reconcile} gave back, side by side. Blocks until they are gone. */
    void end(List<RunningPod> going) {
        try (ExecutorService stoppers = Executors.newVirtualThreadPerTaskExecutor()) {
            going.forEach(pod -> stoppers.execute(pod::stop));
        }
    }

    void forget(List<RunningPod> gone) {
        leaving.removeAll(gone);
    }

    void endAll() {
        List<RunningPod> all = new ArrayList<>(pods.values());
        all.addAll(leaving);
        pods.clear();
        end(all);
        starters.shutdownNow();
    }

    ImmutableList<RunningPod> running() {
        return ImmutableList.copyOf(pods.values());
    }

    List<PodObservation> observations() {
        List<PodObservation> out = new ArrayList<>();
        pods.values().forEach(pod -> out.add(observe(pod)));
        leaving.forEach(pod -> out.add(observe(pod)));
        return out;
    }

    private static PodObservation observe(RunningPod pod) {
        return new PodObservation(pod.plan(), pod.address().mesh(), pod.isReady(), pod.isTerminating());
    }

    boolean allReady() {
        return pods.values().stream().allMatch(RunningPod::isReady);
    }
}
