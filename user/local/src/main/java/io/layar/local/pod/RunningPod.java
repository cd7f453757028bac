package io.layar.local.pod;

import io.layar.config.ConfigSet;
import io.layar.config.kubernetes.Container;
import io.layar.local.bootstrap.ProxyBootstrap;
import io.layar.local.network.PodAddress;
import io.layar.local.network.PodNetwork;
import io.layar.local.process.SupervisedProcess;
import io.layar.local.workload.PodPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * One pod on this machine: its network, its containers' processes, its proxy, and whether it is ready.
 * Thread: made, started and stopped by the mesh's loop; {@link #isReady} may be read from any thread.
 */
public final class RunningPod {
    private static final long PROBE_BEFORE_READY_MILLIS = 100;
    private static final long PROBE_PERIOD_MILLIS = 1_000;
    private static final int FAILURES_UNTIL_UNREADY = 3;

    private final PodPlan plan;
    private final PodEnvironment environment;
    private final PodNetwork.Pod network;
    private final List<SupervisedProcess> processes = new ArrayList<>();
    private final List<Callable<Boolean>> checks = new ArrayList<>();
    private final Map<String, String> variables = new LinkedHashMap<>();
    private final Runnable onChange;

    private volatile boolean ready;
    private volatile boolean terminating;
    private volatile boolean stopped;

    private RunningPod(PodPlan plan, PodEnvironment environment, PodNetwork.Pod network, Runnable onChange) {
        this.plan = plan;
        this.environment = environment;
        this.network = network;
        this.onChange = onChange;
    }

    /**
     * Makes the pod's network and starts all that it runs.
     *
     * @param onChange called, from a probing thread, when readiness changes
     * @throws IOException when the network, a bootstrap or a log file cannot be made
     */
    public static RunningPod start(PodPlan plan, PodEnvironment environment, ConfigSet resources, Runnable onChange)
            throws IOException {
        PodNetwork.Pod network = environment.network().add(plan.name(), plan.role() == PodPlan.Role.SIDECAR);
        RunningPod pod = new RunningPod(plan, environment, network, onChange);
        try {
            pod.prepare(resources);
        } catch (IOException e) {
            network.remove();
            throw e;
        }
        pod.processes.forEach(SupervisedProcess::start);
        Thread.ofVirtual().name("probe-" + plan.name()).start(pod::probe);
        return pod;
    }

    private void prepare(ConfigSet resources) throws IOException {
        Files.createDirectories(environment.folder().resolve("logs"));
        if (plan.hasProxy()) {
            processes.add(proxyProcess());
            checks.add(() -> ReadinessCheck.exchange(
                            adminAddress(),
                            ProxyBootstrap.ADMIN_PORT,
                            1_000,
                            "GET /ready HTTP/1.1\r\nhost: admin\r\nconnection: close\r\n\r\n")
                    .startsWith("HTTP/1.1 200"));
        }
        if (plan.role() == PodPlan.Role.GATEWAY) {
            return;
        }
        ContainerEnvironment containers = new ContainerEnvironment(resources, plan, address());
        for (Container container : plan.spec().containers()) {
            addContainer(container, containers);
        }
    }

    private void addContainer(Container container, ContainerEnvironment containers) throws IOException {
        Map<String, String> own = containers.variables(container, baseVariables());
        variables.putAll(own);
        List<String> words = ContainerEnvironment.commandLine(container, own);
        if (words.isEmpty()) {
            note(container.name()
                    + " has neither command nor args: images are labels here, so there is nothing to run");
            checks.add(() -> false);
            return;
        }
        // env looks the program up on the container's own search path, not on ours.
        List<String> command = new ArrayList<>(network.enter(false));
        command.add("env");
        command.addAll(words);
        Path directory =
                container.workingDir().isEmpty() ? environment.workingDirectory() : Path.of(container.workingDir());
        processes.add(process(plan.name() + "/" + container.name(), command, own, directory, logFile()));
        checks.add(ReadinessCheck.of(container, probeHost()));
    }

    /** Inside a namespace the loopback address reaches the application without passing the sidecar, as a kubelet's probe does. */
    private String probeHost() {
        return environment.captured() ? "127.0.0.1" : address().application();
    }

    private Map<String, String> baseVariables() {
        Map<String, String> all = new LinkedHashMap<>(environment.base());
        all.put("HOSTNAME", plan.name());
        all.put("POD_IP", address().application());
        if (!environment.captured()) {
            all.put("BIND_ADDRESS", address().application());
            if (plan.hasProxy()) {
                String proxy = "http://" + address().mesh() + ":" + PodEnvironment.HTTP_PROXY_PORT;
                all.put("HTTP_PROXY", proxy);
                all.put("http_proxy", proxy);
                all.put("NO_PROXY", "localhost,127.0.0.1");
                all.put("no_proxy", "localhost,127.0.0.1");
            }
        }
        return all;
    }

    private SupervisedProcess proxyProcess() throws IOException {
        Path bootstrap =
                environment.folder().resolve("proxies").resolve(plan.namespace() + "." + plan.name() + ".json");
        Files.createDirectories(bootstrap.getParent());
        Files.writeString(bootstrap, bootstrap().json());
        List<String> command = new ArrayList<>(network.enter(true));
        command.addAll(environment.proxy().command(bootstrap));
        Map<String, String> own = new LinkedHashMap<>(environment.base());
        return process(plan.name() + "/proxy", command, own, environment.folder(), proxyLogFile());
    }

    private ProxyBootstrap bootstrap() {
        var node = new ProxyBootstrap.Node(
                plan.role() == PodPlan.Role.GATEWAY ? "router" : "sidecar",
                plan.name(),
                plan.namespace(),
                address().mesh(),
                plan.serviceAccount(),
                plan.workload(),
                plan.labels(),
                plan.annotations(),
                "Kubernetes",
                "cluster.local",
                "1.32.0");
        String listen = environment.captured() ? "0.0.0.0" : address().mesh();
        return new ProxyBootstrap(
                node, listen, adminAddress(), environment.network().hostAddress(), environment.controlPlanePort());
    }

    private String adminAddress() {
        return environment.captured() ? "127.0.0.1" : address().mesh();
    }

    private SupervisedProcess process(
            String name, List<String> command, Map<String, String> own, Path directory, Path log) {
        var spec = new SupervisedProcess.Spec(name, command, own, directory, log);
        return new SupervisedProcess(spec, environment.ledger(), environment.timers());
    }

    private void probe() {
        int failures = 0;
        while (!stopped) {
            boolean now = passes();
            failures = now ? 0 : failures + 1;
            boolean next = now || (ready && failures < FAILURES_UNTIL_UNREADY);
            if (next != ready && !terminating) {
                ready = next;
                onChange.run();
            }
            long pause = ready ? PROBE_PERIOD_MILLIS : PROBE_BEFORE_READY_MILLIS;
            java.util.concurrent.locks.LockSupport.parkNanos(pause * 1_000_000);
        }
    }

    private boolean passes() {
        for (Callable<Boolean> check : checks) {
            try {
                if (!network.inside(check)) {
                    return false;
                }
            } catch (Exception e) {
                return false;
            }
        }
        return true;
    }

    private void note(String text) throws IOException {
        Files.writeString(
                logFile(),
                "layar: " + text + "\n",
                java.nio.file.StandardOpenOption.CREATE,
                java.nio.file.StandardOpenOption.APPEND);
    }

    /** Marks the pod as going away: it is not ready any more, while its processes still serve what they have. */
    public void beginTermination() {
        terminating = true;
        ready = false;
    }

    /** Ends all processes, applications first, and removes the network. Blocks. */
    public void stop() {
        stopped = true;
        processes.reversed().forEach(SupervisedProcess::stop);
        network.remove();
    }

    public boolean isReady() {
        return ready;
    }

    public boolean isTerminating() {
        return terminating;
    }

    public PodPlan plan() {
        return plan;
    }

    public PodAddress address() {
        return network.address();
    }

    public int restarts() {
        return processes.stream().mapToInt(SupervisedProcess::restarts).sum();
    }

    /** Words before a command that run it inside the pod. */
    public List<String> enter() {
        return network.enter(false);
    }

    /** The environment of the pod's containers, for commands run inside it. */
    public Map<String, String> variables() {
        return variables.isEmpty() ? baseVariables() : Map.copyOf(variables);
    }

    public Path logFile() {
        return environment.folder().resolve("logs").resolve(plan.namespace() + "." + plan.name() + ".log");
    }

    public Path proxyLogFile() {
        return environment.folder().resolve("logs").resolve(plan.namespace() + "." + plan.name() + ".proxy.log");
    }
}
