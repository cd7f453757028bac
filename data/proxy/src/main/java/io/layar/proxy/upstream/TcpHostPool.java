package io.layar.proxy.upstream;

import io.layar.proxy.core.cluster.CircuitBreakers;
import io.layar.proxy.core.cluster.ClusterStats;
import io.layar.proxy.core.cluster.Host;
import io.layar.proxy.core.cluster.HostStat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Raw connections of one worker to one host: each is for one user and is not used again. Thread: event loop of its worker. */
final class TcpHostPool implements TcpPool {
    private final UpstreamSocket.Origin origin;
    private final Host host;
    private final CircuitBreakers breakers;
    private final Runnable whenEmpty;
    private final Set<TcpUpstream> all = new LinkedHashSet<>();
    private boolean draining;

    TcpHostPool(UpstreamSocket.Origin origin, Host host, CircuitBreakers breakers, Runnable whenEmpty) {
        this.origin = origin;
        this.host = host;
        this.breakers = breakers;
        this.whenEmpty = whenEmpty;
    }

    private ClusterStats stats() {
        return origin.cluster().stats();
    }

    @Override
    public @Nullable PendingStream newConnection(Callbacks callbacks) {
        ClusterStats stats = stats();
        if (!breakers.pendingRequests().canCreate()) {
            stats.rqPendingOverflow.inc();
            callbacks.onFailure(PoolFailure.OVERFLOW, "", null);
            return null;
        }
        boolean allowed = breakers.connections().canCreate()
                && host.stat(HostStat.CX_ACTIVE)
                        < origin.cluster().config().circuitBreakers().perHostConnections();
        if (!allowed) {
            stats.cxOverflow.inc();
            if (!all.isEmpty()) {
                // It would wait for a connection that nobody else can hand over: raw connections are not shared.
                stats.rqPendingOverflow.inc();
                callbacks.onFailure(PoolFailure.OVERFLOW, "", null);
                return null;
            }
        }
        Attempt attempt = new Attempt(callbacks);
        attempt.begin();
        return attempt.over ? null : attempt;
    }

    void drain() {
        draining = true;
        reportEmpty();
    }

    void closeAll() {
        for (TcpUpstream connection : List.copyOf(all)) {
            if (connection.phase() == UpstreamSocket.Phase.OPEN) {
                connection.closeNow();
            }
        }
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    private void reportEmpty() {
        if (draining && all.isEmpty()) {
            whenEmpty.run();
        }
    }

    /** One connection that is wanted. */
    final class Attempt implements PendingStream {
        private final Callbacks callbacks;
        private @Nullable TcpUpstream connection;
        private boolean over;

        Attempt(Callbacks callbacks) {
            this.callbacks = callbacks;
        }

        void begin() {
            ClusterStats stats = stats();
            stats.rqPendingTotal.inc();
            stats.rqPendingActive.inc();
            breakers.pendingRequests().inc();
            stats.cxTotal.inc();
            stats.cxActive.inc();
            host.inc(HostStat.CX_TOTAL);
            host.inc(HostStat.CX_ACTIVE);
            breakers.connections().inc();
            TcpUpstream made = new TcpUpstream(this, origin, host, host.address());
            connection = made;
            all.add(made);
            made.connect();
        }

        private void leavePending() {
            over = true;
            breakers.pendingRequests().dec();
            stats().rqPendingActive.dec();
        }

        void onOpen(TcpUpstream opened) {
            leavePending();
            ClusterStats stats = stats();
            stats.cxConnectMs.record(opened.connectMillis());
            stats.rqTotal.inc();
            stats.rqActive.inc();
            host.inc(HostStat.RQ_TOTAL);
            host.inc(HostStat.RQ_ACTIVE);
            callbacks.onReady(opened, host);
        }

        void onConnectFailure(TcpUpstream failed, PoolFailure failure, String text) {
            boolean wanted = !over;
            if (wanted) {
                leavePending();
            }
            ClusterStats stats = stats();
            stats.cxConnectFail.inc();
            if (failure == PoolFailure.TIMEOUT) {
                stats.cxConnectTimeout.inc();
            }
            host.inc(HostStat.CX_CONNECT_FAIL);
            forget(failed, failure == PoolFailure.REMOTE_CONNECTION_FAILURE);
            if (wanted) {
                stats.rqPendingFailureEject.inc();
                callbacks.onFailure(failure, text, host);
            }
        }

        void onGone(TcpUpstream gone, boolean remotely) {
            ClusterStats stats = stats();
            stats.rqActive.dec();
            host.dec(HostStat.RQ_ACTIVE);
            stats.cxLengthMs.record(gone.ageMillis());
            stats.cxDestroyWithActiveRq.inc();
            (remotely ? stats.cxDestroyRemoteWithActiveRq : stats.cxDestroyLocalWithActiveRq).inc();
            forget(gone, remotely);
        }

        private void forget(TcpUpstream gone, boolean remotely) {
            all.remove(gone);
            ClusterStats stats = stats();
            stats.cxActive.dec();
            host.dec(HostStat.CX_ACTIVE);
            breakers.connections().dec();
            stats.cxDestroy.inc();
            (remotely ? stats.cxDestroyRemote : stats.cxDestroyLocal).inc();
            reportEmpty();
        }

        @Override
        public void cancel() {
            TcpUpstream made = connection;
            if (over || made == null) {
                return;
            }
            leavePending();
            stats().rqCancelled.inc();
            made.closeNow();
            forget(made, false);
        }
    }
}
