package io.layar.proxy.upstream;

import io.layar.proxy.core.cluster.Assignment;
import io.layar.proxy.core.cluster.Discovery;
import io.layar.proxy.core.cluster.HostFacts;
import io.layar.proxy.core.stream.Address;
import io.layar.proxy.network.Services;
import io.layar.proxy.worker.Timer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Endpoints whose names are resolved again and again, each name at its own pace. A name that fails keeps the addresses it had.
 *
 * <p>Thread: main loop.
 */
final class DnsSource implements EndpointSource {
    private final Assignment assignment;
    private final Discovery.DnsSettings settings;
    private final boolean logical;
    private final DnsResolvers resolvers;
    private final List<Name> names = new ArrayList<>();
    private @Nullable Sink sink;

    DnsSource(
            Assignment assignment,
            Discovery.DnsSettings settings,
            boolean logical,
            DnsResolvers resolvers,
            Services services) {
        this.assignment = assignment;
        this.settings = settings;
        this.logical = logical;
        this.resolvers = resolvers;
        for (Assignment.Endpoint endpoint : assignment.endpoints()) {
            names.add(new Name(endpoint.dnsName() == null ? "" : endpoint.dnsName(), services));
        }
    }

    @Override
    public void start(Sink newSink) {
        sink = newSink;
        boolean waits = false;
        for (Name name : names) {
            if (!name.text.isEmpty()) {
                waits = true;
                name.resolve();
            }
        }
        if (!waits) {
            newSink.assign(assignment);
        }
    }

    @Override
    public void close() {
        sink = null;
        names.forEach(name -> name.timer.disarm());
    }

    private void onChange() {
        Sink told = sink;
        if (told == null) {
            return;
        }
        for (Name name : names) {
            if (!name.text.isEmpty() && !name.answered) {
                return;
            }
        }
        Assignment now = resolved();
        if (now.endpoints().isEmpty() && !assignment.endpoints().isEmpty()) {
            told.failed();
        } else {
            told.assign(now);
        }
    }

    private Assignment resolved() {
        List<Assignment.Endpoint> endpoints = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            Assignment.Endpoint endpoint = assignment.endpoints().get(i);
            if (endpoint.dnsName() == null) {
                endpoints.add(endpoint);
                continue;
            }
            List<InetAddress> addresses = names.get(i).addresses;
            int count = logical ? Math.min(1, addresses.size()) : addresses.size();
            for (int n = 0; n < count; n++) {
                endpoints.add(at(endpoint, addresses.get(n)));
            }
        }
        return new Assignment(
                endpoints,
                assignment.localityWeights(),
                assignment.overprovisioning(),
                assignment.weightedPriorityHealth(),
                assignment.drops(),
                assignment.staleAfterMillis());
    }

    private static Assignment.Endpoint at(Assignment.Endpoint endpoint, InetAddress ip) {
        HostFacts facts = endpoint.facts();
        String name = endpoint.dnsName();
        Address check = facts.healthCheckAddress();
        HostFacts resolved = new HostFacts(
                Address.of(new InetSocketAddress(ip, endpoint.port())),
                List.of(),
                check == null ? null : Address.of(new InetSocketAddress(ip, check.port())),
                facts.hostname().isEmpty() && name != null ? name : facts.hostname(),
                facts.healthCheckHostname(),
                facts.locality(),
                facts.priority(),
                facts.about(),
                facts.activeHealthCheckDisabled());
        return new Assignment.Endpoint(resolved, endpoint.weight(), endpoint.status(), name, endpoint.port());
    }

    /** One name. */
    private final class Name {
        private final String text;
        private final Timer timer;
        private List<InetAddress> addresses = List.of();
        private boolean answered;
        private long failureMillis;

        Name(String text, Services services) {
            this.text = text;
            this.timer = services.workers().main().timer(this::resolve);
            this.failureMillis = settings.failureBaseMillis();
        }

        void resolve() {
            resolvers.resolve(text, settings, this::onAnswer);
        }

        private void onAnswer(DnsResolvers.Answer answer) {
            Sink told = sink;
            if (told == null) {
                return;
            }
            boolean first = !answered;
            answered = true;
            List<InetAddress> found = answer.addresses();
            if (found == null) {
                timer.arm(jittered(failureMillis));
                failureMillis = Math.min(settings.failureMaxMillis(), failureMillis * 2);
                if (first) {
                    onChange();
                }
                return;
            }
            failureMillis = settings.failureBaseMillis();
            List<InetAddress> sorted = new ArrayList<>(found);
            boolean same = sorted.size() == addresses.size() && sorted.containsAll(addresses);
            if (!same || first || logical && !sorted.equals(addresses)) {
                addresses = sorted;
                onChange();
            }
            long refresh = settings.respectTtl() && answer.ttlSeconds() > 0 && answer.ttlSeconds() < Integer.MAX_VALUE
                    ? answer.ttlSeconds() * 1000
                    : settings.refreshMillis();
            timer.arm(jittered(refresh));
        }

        private long jittered(long millis) {
            return settings.jitterMillis() > 0
                    ? millis + ThreadLocalRandom.current().nextLong(settings.jitterMillis())
                    : millis;
        }
    }
}
