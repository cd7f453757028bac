package io.layar.proxy.upstream;

import io.layar.proxy.core.cluster.HealthFlag;
import io.layar.proxy.core.cluster.Host;
import io.layar.proxy.core.health.HealthCheckConfig;
import io.layar.proxy.core.health.HealthCheckConfig.Probe;
import io.layar.proxy.core.health.HealthState;
import io.layar.proxy.core.stats.StatsScope;
import io.layar.proxy.core.stream.Address;
import io.layar.proxy.transport.UpstreamTransport;
import io.layar.proxy.worker.Timer;
import io.layar.proxy.worker.Worker;
import java.net.InetSocketAddress;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Active health checks of one cluster. Thread: main loop. */
final class HostWatch {
    private final HealthCheckConfig config;
    private final ClusterEntry cluster;
    private final ClusterManager manager;
    private final Worker main;
    private final StatsScope scope;
    private final SplittableRandom random = new SplittableRandom();
    private final Map<Host, Session> sessions = new IdentityHashMap<>();
    private int unanswered;

    HostWatch(HealthCheckConfig config, ClusterEntry cluster, ClusterManager manager) {
        this.config = config;
        this.cluster = cluster;
        this.manager = manager;
        this.main = manager.services().workers().main();
        this.scope = cluster.runtime().scope();
    }

    void add(Host host) {
        Session session = new Session(host);
        sessions.put(host, session);
        unanswered++;
        session.start();
    }

    void remove(Host host) {
        Session session = sessions.remove(host);
        if (session != null) {
            session.close();
            report();
        }
    }

    /** True when every host was asked once. */
    boolean firstRoundDone() {
        return unanswered == 0;
    }

    void close() {
        sessions.values().forEach(Session::close);
        sessions.clear();
    }

    private void count(String leaf) {
        scope.counter("health_check." + leaf).inc();
    }

    private void report() {
        int healthy = 0;
        int degraded = 0;
        for (Host host : sessions.keySet()) {
            healthy += host.has(HealthFlag.FAILED_ACTIVE_HC) ? 0 : 1;
            degraded += host.has(HealthFlag.DEGRADED_ACTIVE_HC) ? 1 : 0;
        }
        scope.gauge("health_check.healthy").set(healthy);
        scope.gauge("health_check.degraded").set(degraded);
    }

    private String checker() {
        return switch (config.probe()) {
            case Probe.Http _ -> "http";
            case Probe.Tcp _ -> "tcp";
            case Probe.Grpc _ -> "grpc";
        };
    }

    /** The checks of one host. */
    private final class Session implements ProbeResult {
        private final Host host;
        private final HealthState state;
        private final Timer next = main.timer(this::probe);
        private final Timer limit = main.timer(this::onTimeout);
        private @Nullable ProbeConnection connection;
        private boolean closed;

        Session(Host host) {
            this.host = host;
            this.state = new HealthState(config, host);
        }

        void start() {
            long jitter = config.intervals().initialJitter();
            if (jitter > 0) {
                next.arm(random.nextLong(jitter));
            } else {
                // Not within the call that added the host: the whole set is to be there first.
                next.arm(0);
            }
        }

        private void probe() {
            count("attempt");
            limit.arm(config.timeoutMillis());
            ProbeConnection known = connection;
            if (known == null || !known.usable()) {
                known = connect();
                connection = known;
                known.begin();
                known.connect();
            } else {
                known.begin();
            }
        }

        private ProbeConnection connect() {
            ClusterRuntime runtime = cluster.runtime();
            UpstreamTransport transport = runtime.transports()
                    .of(
                            config.socketMatch() != null
                                    ? config.socketMatch()
                                    : host.facts().socketMatch(),
                            host.facts().localitySocketMatch());
            UpstreamTransport.Options options = transport.secure()
                    ? new UpstreamTransport.Options(null, List.of(), config.alpn())
                    : UpstreamTransport.Options.NONE;
            String named = host.facts().healthCheckHostname().isEmpty()
                    ? host.hostname()
                    : host.facts().healthCheckHostname();
            HttpProbe.Target target = new HttpProbe.Target(
                    manager.services().require(ClientCodecs.class),
                    named.isEmpty() ? runtime.config().name() : named,
                    transport.secure());
            return new ProbeConnection(
                    new UpstreamSocket.Origin(runtime, main, transport, options),
                    host,
                    address(),
                    config.probe(),
                    target,
                    config.timeoutMillis(),
                    this);
        }

        private Address address() {
            Address own = host.facts().healthCheckAddress();
            if (own != null) {
                return own;
            }
            return config.altPort() > 0 && host.address().socket() instanceof InetSocketAddress inet
                    ? Address.of(new InetSocketAddress(inet.getAddress(), config.altPort()))
                    : host.address();
        }

        @Override
        public void onHealthy(boolean degraded, boolean immediateFail) {
            if (closed) {
                return;
            }
            count("success");
            boolean first = state.first();
            boolean excluded = host.set(HealthFlag.EXCLUDED_VIA_IMMEDIATE_HC_FAIL, immediateFail);
            HealthState.Transition transition = state.onSuccess(degraded);
            cluster.onHealthCheckSuccess(host);
            if (transition == HealthState.Transition.CHANGED) {
                log("\"add_healthy_event\":{\"first_check\":" + first + "}");
            } else if (config.events().logSuccesses()) {
                log("\"successful_health_check_event\":{}");
            }
            settle(first, excluded ? HealthState.Transition.CHANGED : transition);
        }

        @Override
        public void onUnhealthy(boolean retriable) {
            fail(HealthState.Failure.ACTIVE, retriable);
        }

        @Override
        public void onBroken() {
            fail(HealthState.Failure.NETWORK, false);
        }

        private void onTimeout() {
            ProbeConnection late = connection;
            if (late != null) {
                late.abandon();
                connection = null;
            }
            fail(HealthState.Failure.NETWORK_TIMEOUT, false);
        }

        private void fail(HealthState.Failure failure, boolean retriable) {
            if (closed) {
                return;
            }
            count("failure");
            if (failure != HealthState.Failure.ACTIVE) {
                count("network_failure");
            }
            boolean first = state.first();
            HealthState.Transition transition = state.onFailure(failure, retriable);
            if (transition == HealthState.Transition.CHANGED) {
                log("\"eject_unhealthy_event\":{\"failure_type\":\"" + failure + "\"}");
            }
            if (first || config.events().logFailures()) {
                log("\"health_check_failure_event\":{\"failure_type\":\"" + failure + "\",\"first_check\":" + first
                        + "}");
            }
            settle(first, transition);
        }

        private void settle(boolean first, HealthState.Transition transition) {
            limit.disarm();
            if (!config.reuseConnection() && connection != null) {
                connection.closeNow();
                connection = null;
            }
            next.arm(state.nextMillis(cluster.runtime().used(), random));
            if (first) {
                unanswered--;
            }
            if (transition == HealthState.Transition.CHANGED) {
                cluster.onHealthChange(host);
            }
            report();
            if (first) {
                cluster.settle();
            }
        }

        private void log(String event) {
            manager.events()
                    .health(
                            config.events().path(),
                            checker(),
                            cluster.runtime().config().name(),
                            host,
                            event);
        }

        void close() {
            if (!closed && state.first()) {
                unanswered--;
            }
            closed = true;
            next.disarm();
            limit.disarm();
            if (connection != null) {
                connection.closeNow();
            }
        }
    }
}
