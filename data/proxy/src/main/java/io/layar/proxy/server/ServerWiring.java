package io.layar.proxy.server;

import io.envoyproxy.envoy.config.bootstrap.v3.Bootstrap;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.Secret;
import io.layar.proxy.accesslog.AccessLogs;
import io.layar.proxy.core.accesslog.FormatFacts;
import io.layar.proxy.core.config.ConfigRejected;
import io.layar.proxy.http.DynamicRoutes;
import io.layar.proxy.http.HttpFilterTypes;
import io.layar.proxy.http.KnownClusters;
import io.layar.proxy.http.UpstreamCodecs;
import io.layar.proxy.listener.ListenerFilters;
import io.layar.proxy.listener.Listeners;
import io.layar.proxy.network.NetworkFilterTypes;
import io.layar.proxy.network.Services;
import io.layar.proxy.network.SessionLogs;
import io.layar.proxy.transport.DownstreamTransports;
import io.layar.proxy.transport.Secrets;
import io.layar.proxy.transport.TlsTransports;
import io.layar.proxy.transport.UpstreamTransports;
import io.layar.proxy.upstream.ClientCodecs;
import io.layar.proxy.upstream.ClusterManager;
import io.layar.proxy.upstream.Clusters;
import io.layar.proxy.xds.ClusterRegistry;
import io.layar.proxy.xds.ProxyNode;
import io.layar.proxy.xds.Subscriptions;
import io.layar.proxy.xds.XdsClient;
import io.layar.proxy.xds.XdsRoutes;
import io.layar.xds.TypeUrl;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Puts the parts of a proxy together, in the order in which they need one another. Thread: main loop. */
final class ServerWiring {
    private ServerWiring() {}

    static void wire(Bootstrap bootstrap, Services services, ServerState state) {
        CommandLine flags = services.require(CommandLine.class);
        TlsTransports transports = new TlsTransports(services);
        services.provide(Secrets.class, transports.secrets());
        services.provide(DownstreamTransports.class, transports);
        services.provide(UpstreamTransports.class, transports);
        AccessLogs logs = new AccessLogs(services, services.require(FormatFacts.class));
        services.provide(AccessLogs.class, logs);
        services.provide(SessionLogs.class, new SessionLogAdapter(logs));
        services.atExit(logs::flush);
        services.provide(HttpFilterTypes.class, new HttpFilterTypes(HttpFilterTable.types()));
        wireDynamic(bootstrap, services, transports);
        services.provide(ClientCodecs.class, new UpstreamCodecs());
        ClusterManager clusters = new ClusterManager(services);
        clusters.localCluster(bootstrap.getClusterManager().getLocalClusterName());
        clusters.outlierLog(bootstrap.getClusterManager().getOutlierDetection().getEventLogPath());
        services.provide(ClusterManager.class, clusters);
        services.provide(Clusters.class, clusters);
        services.provide(ClusterRegistry.class, clusters);
        services.provide(KnownClusters.class, clusters);
        services.provide(NetworkFilterTypes.class, new NetworkFilterTypes(NetworkFilterTable.types()));
        services.provide(
                Listeners.class, new Listeners(services, state, flags.drainSeconds() * 1000, flags.drainImmediately()));
        for (int i = 0; i < bootstrap.getStaticResources().getSecretsCount(); i++) {
            try {
                transports
                        .secrets()
                        .put(Secrets.STATIC, bootstrap.getStaticResources().getSecrets(i));
            } catch (ConfigRejected e) {
                throw e.within("static_resources.secrets[" + i + "]");
            }
        }
    }

    private static void wireDynamic(Bootstrap bootstrap, Services services, TlsTransports transports) {
        List<String> types = new ArrayList<>(NetworkFilterTable.types().keySet());
        types.addAll(HttpFilterTable.types().keySet());
        types.addAll(ListenerFilters.types());
        types.addAll(AccessLogs.types());
        types.sort(Comparator.naturalOrder());
        XdsClient client =
                new XdsClient(bootstrap, ProxyNode.of(bootstrap, services.node(), Version.text(), types), services);
        services.provide(XdsClient.class, client);
        services.provide(Subscriptions.class, client);
        services.provide(
                DynamicRoutes.class,
                new XdsRoutes(client, services.workers().main().loop()));
        transports.secrets().subscriber((source, name, config) -> {
            // Secrets stay subscribed: their users come and go with certificates.
            var unused = client.watch(
                    TypeUrl.SECRET,
                    Secret.class,
                    config,
                    name,
                    (secret, version) -> transports.secrets().put(source, secret));
        });
        services.atExit(client::stop);
    }

    static void loadClusters(Bootstrap bootstrap, Services services) {
        ClusterManager clusters = services.require(ClusterManager.class);
        for (int i = 0; i < bootstrap.getStaticResources().getClustersCount(); i++) {
            try {
                clusters.put(bootstrap.getStaticResources().getClusters(i), "");
            } catch (ConfigRejected e) {
                throw e.within("static_resources.clusters[" + i + "]");
            }
        }
    }

    /** Begins what runs by itself, and calls {@code ready} when all that the start waits for is there. */
    static void start(Bootstrap bootstrap, Services services, Runnable ready) {
        ClusterManager clusters = services.require(ClusterManager.class);
        if (bootstrap.hasDynamicResources()) {
            clusters.whenPrimaryWarm(() -> services.require(XdsClient.class).start(ready));
        } else {
            clusters.whenWarm(ready);
        }
    }
}
