package io.layar.discovery.push;

import io.layar.discovery.metrics.DiscoveryMetrics;
import io.layar.mesh.proxy.Proxy;
import io.layar.xds.Subscription;
import io.layar.xds.TypeUrl;
import io.layar.xds.server.ClientInfo;
import io.layar.xds.server.Offer;
import io.layar.xds.server.XdsApplication;
import io.layar.xds.session.Received;
import io.layar.xds.session.Sent;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connected proxy. Thread: one call at a time; the facts for debug pages from any. */
public final class ProxyClient implements XdsApplication.Client {
    private static final Logger LOG = LoggerFactory.getLogger(ProxyClient.class);

    private static final int LOGGED_CHARACTERS = 300;

    private final ClientInfo info;
    private final Proxy proxy;
    private final Supplier<Era> eras;
    private final DiscoveryMetrics metrics;
    private final Map<TypeUrl, Instant> sentAt = new ConcurrentHashMap<>();
    private final Map<TypeUrl, String> refusals = new HashMap<>();
    private String settledVersion = "";
    private volatile Era last;

    public ProxyClient(ClientInfo info, Proxy proxy, Supplier<Era> eras, DiscoveryMetrics metrics) {
        this.info = info;
        this.proxy = proxy;
        this.eras = eras;
        this.metrics = metrics;
        this.last = eras.get();
    }

    public Proxy proxy() {
        return proxy;
    }

    /** When a kind was sent last. */
    public Map<TypeUrl, Instant> sentAt() {
        return sentAt;
    }

    /** The era that the proxy was last offered. */
    public Era era() {
        return last;
    }

    @Override
    public Offer resources(TypeUrl type, Subscription subscription) {
        Era era = eras.get();
        last = era;
        return new Offer(era.resources(proxy, type, subscription), era.version());
    }

    @Override
    public void turn(long waitedNanos) {
        metrics.queued(waitedNanos);
    }

    @Override
    public void received(Received received) {
        metrics.received(proxy.id(), received);
        switch (received) {
            case Received.Refused(TypeUrl type, int code, String error) -> refused(type, code, error);
            case Received.Acknowledged(TypeUrl type) -> refusals.remove(type);
            case Received.Subscribed(TypeUrl type, boolean _, boolean acknowledges)
            when acknowledges -> refusals.remove(type);
            case Received.Subscribed _, Received.Stale _ -> {}
        }
    }

    /** A proxy says the same again with each push: it is logged when it is new. The whole text is on the debug pages. */
    private void refused(TypeUrl type, int code, String error) {
        if (error.equals(refusals.put(type, error))) {
            return;
        }
        String text = error.length() > LOGGED_CHARACTERS ? error.substring(0, LOGGED_CHARACTERS) + "…" : error;
        LOG.atWarn()
                .addKeyValue("proxy", info.connectionId())
                .addKeyValue("typeUrl", type.shortName())
                .addKeyValue("code", code)
                .addKeyValue("error", text.replace('\n', ' '))
                .log("configuration refused");
    }

    @Override
    public void sent(Sent<?> sent, long nanos) {
        sentAt.put(sent.type(), Instant.now());
        metrics.sent(sent, nanos);
        LOG.atDebug()
                .addKeyValue("proxy", info.connectionId())
                .addKeyValue("typeUrl", sent.type().shortName())
                .addKeyValue("changed", sent.resources().size())
                .addKeyValue("removed", sent.removed().size())
                .log("pushed");
    }

    @Override
    public void settled() {
        Era era = last;
        if (!era.version().equals(settledVersion)) {
            settledVersion = era.version();
            if (era.startedNanos() != 0) {
                metrics.converged(System.nanoTime() - era.startedNanos());
            }
        }
    }

    @Override
    public void closed() {
        LOG.atDebug().addKeyValue("proxy", info.connectionId()).log("disconnected");
    }
}
