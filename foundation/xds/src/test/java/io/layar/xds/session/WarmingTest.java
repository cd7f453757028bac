package io.layar.xds.session;

import static io.layar.xds.TypeUrl.CLUSTER;
import static io.layar.xds.TypeUrl.ENDPOINT;
import static io.layar.xds.TypeUrl.ROUTE;
import static io.layar.xds.session.Samples.ask;
import static io.layar.xds.session.Samples.clusters;
import static io.layar.xds.session.Samples.names;
import static io.layar.xds.session.Samples.set;
import static org.assertj.core.api.Assertions.assertThat;

import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import io.layar.xds.ResourceSet;
import io.layar.xds.Sharing;
import io.layar.xds.TypeUrl;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** No route is told of a cluster that the client lacks, and no cluster goes that a route may still use. */
class WarmingTest {
    private final SotwSession session = new SotwSession(new Sharing());
    private String endpointNonce = "";

    @BeforeEach
    void aClientWithOneClusterAndOneRoute() {
        established(CLUSTER, clusters("a=1"));
        endpointNonce = established(ENDPOINT, set("a=1"), "a");
        established(ROUTE, set("r=a"), "r");
        session.changed();
    }

    private String established(TypeUrl type, ResourceSet next, String... names) {
        session.receive(ask(type, "", names));
        String nonce = send(type, next);
        session.receive(ask(type, nonce, names));
        return nonce;
    }

    private String send(TypeUrl type, ResourceSet next) {
        return offer(type, next).nonce();
    }

    private Sent<DiscoveryResponse> offer(TypeUrl type, ResourceSet next) {
        return session.offer(type, next, "v").orElseThrow(() -> new AssertionError("nothing was sent of " + type));
    }

    @Test
    void aRouteWaitsForTheAcknowledgementOfClustersAndTheEndpointsOfNewOnes() {
        String clusters = send(CLUSTER, clusters("a=1", "b=1"));
        assertThat(session.offer(ENDPOINT, set("a=1"), "v")).isEmpty();
        assertThat(session.nextDue()).isEmpty();
        session.receive(ask(CLUSTER, clusters));
        assertThat(session.nextDue())
                .as("endpoints of b are not even asked for")
                .isEmpty();
        session.receive(ask(ENDPOINT, endpointNonce, "a", "b"));
        assertThat(session.nextDue()).contains(ENDPOINT);
        String endpoints = send(ENDPOINT, set("a=1", "b=1"));
        assertThat(session.nextDue()).isEmpty();
        session.receive(ask(ENDPOINT, endpoints, "a", "b"));
        assertThat(session.nextDue()).contains(ROUTE);
    }

    @Test
    void aClientThatNeverAnswersIsNotWaitedForAnyLonger() {
        send(CLUSTER, clusters("a=1", "b=1"));
        session.offer(ENDPOINT, set("a=1"), "v");
        assertThat(session.waiting()).isTrue();
        session.stopWaiting();
        assertThat(session.nextDue()).contains(ROUTE);
    }

    @Test
    void aClusterThatIsGoneStaysUntilRoutesAreAcknowledged() {
        String kept = send(CLUSTER, clusters("b=1"));
        assertThat(session.status().getFirst().sent().byName().keySet()).containsExactly("b", "a");
        session.receive(ask(CLUSTER, kept));
        session.receive(ask(ENDPOINT, endpointNonce, "a", "b"));
        session.receive(ask(ENDPOINT, send(ENDPOINT, set("a=1", "b=1")), "a", "b"));
        assertThat(session.nextDue()).contains(ROUTE);
        String route = send(ROUTE, set("r=b"));
        assertThat(session.nextDue()).isEmpty();
        session.receive(ask(ROUTE, route, "r"));
        assertThat(session.nextDue()).contains(CLUSTER);
        assertThat(names(offer(CLUSTER, clusters("b=1")))).containsExactly("b");
        assertThat(session.nextDue()).isEmpty();
    }

    @Test
    void aClusterThatIsGoneAloneGoesWhenNothingElseChanged() {
        assertThat(session.offer(CLUSTER, ResourceSet.EMPTY, "v")).isEmpty();
        assertThat(session.offer(ENDPOINT, set("a=1"), "v")).isEmpty();
        assertThat(session.offer(ROUTE, set("r=a"), "v")).isEmpty();
        assertThat(session.nextDue()).contains(CLUSTER);
        assertThat(names(offer(CLUSTER, ResourceSet.EMPTY))).isEmpty();
    }

    @Test
    void theFirstAnswerOfAKindIsNotHeldBack() {
        send(CLUSTER, clusters("a=2"));
        session.receive(ask(TypeUrl.LISTENER, ""));
        session.offer(ENDPOINT, set("a=1"), "v");
        assertThat(session.nextDue()).contains(TypeUrl.LISTENER);
    }
}
