package io.layar.discovery.debug;

import com.google.common.collect.ImmutableList;
import io.layar.discovery.push.ProxyClient;
import io.layar.xds.server.ClientInfo;
import io.layar.xds.server.Connection;
import io.layar.xds.session.WatchStatus;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** The connected proxies as pages see them. */
final class Clients {
    private static final long SECONDS_TO_ANSWER = 10;

    private final Supplier<Collection<Connection>> connections;

    /** A connection at one moment. */
    record Client(ClientInfo info, ProxyClient proxy, ImmutableList<WatchStatus> watches) {}

    Clients(Supplier<Collection<Connection>> connections) {
        this.connections = connections;
    }

    /** All, by connection id. */
    List<Client> all() throws InterruptedException, ExecutionException, TimeoutException {
        List<Connection> open = new ArrayList<>(connections.get());
        open.sort(Comparator.comparing(connection -> connection.info().connectionId()));
        List<CompletableFuture<ImmutableList<WatchStatus>>> asked =
                open.stream().map(Connection::status).toList();
        List<Client> clients = new ArrayList<>();
        for (int i = 0; i < open.size(); i++) {
            Connection connection = open.get(i);
            if (connection.client() instanceof ProxyClient proxy) {
                clients.add(
                        new Client(connection.info(), proxy, asked.get(i).get(SECONDS_TO_ANSWER, TimeUnit.SECONDS)));
            }
        }
        return clients;
    }

    /** Those that {@code proxyID} names: a connection id, a node id, or {@code pod.namespace}; all without it. */
    List<Client> named(Map<String, String> query) throws InterruptedException, ExecutionException, TimeoutException {
        String wanted = query.getOrDefault("proxyID", "");
        return all().stream()
                .filter(client -> wanted.isEmpty()
                        || client.info().connectionId().equals(wanted)
                        || client.info().node().getId().equals(wanted)
                        || client.proxy().proxy().id().equals(wanted))
                .toList();
    }
}
