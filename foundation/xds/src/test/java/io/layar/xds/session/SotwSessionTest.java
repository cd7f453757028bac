package io.layar.xds.session;

import static io.layar.xds.TypeUrl.CLUSTER;
import static io.layar.xds.TypeUrl.ENDPOINT;
import static io.layar.xds.TypeUrl.LISTENER;
import static io.layar.xds.TypeUrl.ROUTE;
import static io.layar.xds.session.Samples.ask;
import static io.layar.xds.session.Samples.clusters;
import static io.layar.xds.session.Samples.names;
import static io.layar.xds.session.Samples.refuse;
import static io.layar.xds.session.Samples.request;
import static io.layar.xds.session.Samples.set;
import static org.assertj.core.api.Assertions.assertThat;

import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import io.layar.xds.ResourceSet;
import io.layar.xds.Sharing;
import io.layar.xds.Subscription;
import io.layar.xds.TypeUrl;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SotwSessionTest {
    private final SotwSession session = new SotwSession(new Sharing());

    private Sent<DiscoveryResponse> sent(TypeUrl type, ResourceSet next) {
        return offered(type, next).orElseThrow(() -> new AssertionError("nothing was sent of " + type));
    }

    private Optional<Sent<DiscoveryResponse>> offered(TypeUrl type, ResourceSet next) {
        return session.offer(type, next, "v1");
    }

    /** Subscribes, sends and acknowledges; gives the nonce. */
    private String established(TypeUrl type, ResourceSet next, String... names) {
        session.receive(ask(type, "", names));
        String nonce = sent(type, next).nonce();
        session.receive(ask(type, nonce, names));
        return nonce;
    }

    @Test
    void aFirstRequestWithoutNamesMeansEverythingForClusters() {
        assertThat(session.receive(ask(CLUSTER, ""))).isEqualTo(new Received.Subscribed(CLUSTER, true, false));
        assertThat(session.subscription(CLUSTER)).isEqualTo(Subscription.EVERYTHING);
        Sent<DiscoveryResponse> response = sent(CLUSTER, set("a=1", "b=1"));
        assertThat(response.message().getResourcesCount()).isEqualTo(2);
        assertThat(response.message().getTypeUrl()).isEqualTo(CLUSTER.url());
        assertThat(response.message().getVersionInfo()).isEqualTo("v1");
        assertThat(response.message().getNonce()).isNotEmpty();
    }

    @Test
    void aFirstRequestWithoutNamesMeansNothingForEndpoints() {
        session.receive(ask(ENDPOINT, ""));
        assertThat(session.subscription(ENDPOINT)).isEqualTo(Subscription.NOTHING);
        assertThat(offered(ENDPOINT, ResourceSet.EMPTY)).isEmpty();
        assertThat(session.nextDue()).isEmpty();
    }

    @Test
    void anEmptyWorldIsToldToAClientThatAsksForEverything() {
        session.receive(ask(LISTENER, ""));
        assertThat(sent(LISTENER, ResourceSet.EMPTY).message().getResourcesCount())
                .isZero();
    }

    @Test
    void anAcknowledgementIsNotAnswered() {
        session.receive(ask(CLUSTER, ""));
        String nonce = sent(CLUSTER, set("a=1")).nonce();
        assertThat(session.receive(ask(CLUSTER, nonce))).isEqualTo(new Received.Acknowledged(CLUSTER));
        assertThat(session.nextDue()).isEmpty();
        WatchStatus status = session.status().getFirst();
        assertThat(status.synced()).isTrue();
        assertThat(status.versionAcked()).isEqualTo("v1");
    }

    @Test
    void theSameResourcesAreNotSentTwice() {
        established(CLUSTER, set("a=1"));
        session.changed();
        assertThat(session.nextDue()).contains(CLUSTER);
        assertThat(offered(CLUSTER, set("a=1"))).isEmpty();
        assertThat(session.nextDue()).isEmpty();
    }

    @Test
    void aStaleNonceIsIgnored() {
        String first = established(CLUSTER, set("a=1"));
        session.changed();
        String second = sent(CLUSTER, set("a=2")).nonce();
        assertThat(session.receive(ask(CLUSTER, first, "x"))).isEqualTo(new Received.Stale(CLUSTER));
        assertThat(session.subscription(CLUSTER)).isEqualTo(Subscription.EVERYTHING);
        assertThat(session.receive(ask(CLUSTER, second))).isInstanceOf(Received.Acknowledged.class);
    }

    @Test
    void nothingIsSentWhileAResponseIsOutstandingAndChangesAreMerged() {
        session.receive(ask(ROUTE, "", "r"));
        String nonce = sent(ROUTE, set("r=1")).nonce();
        session.changed();
        assertThat(session.nextDue()).isEmpty();
        assertThat(offered(ROUTE, set("r=2"))).isEmpty();
        session.changed();
        session.receive(ask(ROUTE, nonce, "r"));
        assertThat(session.nextDue()).contains(ROUTE);
        assertThat(names(sent(ROUTE, set("r=3")))).containsExactly("r");
    }

    @Test
    void aRefusalIsKeptAndTheSameIsNotOfferedAgain() {
        established(CLUSTER, set("a=1"));
        session.changed();
        String nonce = sent(CLUSTER, set("a=bad")).nonce();
        assertThat(session.receive(refuse(CLUSTER, nonce, "a: bad")))
                .isEqualTo(new Received.Refused(CLUSTER, 13, "a: bad"));
        assertThat(session.nextDue()).isEmpty();
        session.changed();
        assertThat(offered(CLUSTER, set("a=bad"))).isEmpty();
        WatchStatus status = session.status().getFirst();
        assertThat(status.lastError()).isEqualTo("a: bad");
        assertThat(status.good()).isEqualTo(set("a=1"));
        assertThat(status.synced()).isFalse();
    }

    @Test
    void aGoodOfferAfterARefusalClearsTheError() {
        session.receive(ask(CLUSTER, ""));
        session.receive(refuse(CLUSTER, sent(CLUSTER, set("a=bad")).nonce(), "a: bad"));
        session.changed();
        String nonce = sent(CLUSTER, set("a=2")).nonce();
        session.receive(ask(CLUSTER, nonce));
        assertThat(session.status().getFirst().lastError()).isEmpty();
        assertThat(session.status().getFirst().good()).isEqualTo(set("a=2"));
    }

    @Test
    void goingBackToTheGoodStateAfterARefusalIsSent() {
        established(ROUTE, set("r=1", "s=1"), "r", "s");
        session.changed();
        String nonce = sent(ROUTE, set("r=2", "s=bad")).nonce();
        session.receive(refuse(ROUTE, nonce, "s: bad", "r", "s"));
        session.changed();
        assertThat(names(sent(ROUTE, set("r=1", "s=1")))).containsExactlyInAnyOrder("r", "s");
    }

    @Test
    void onlyChangedEndpointsAreSent() {
        established(ENDPOINT, set("a=1", "b=1"), "a", "b");
        session.changed();
        assertThat(names(sent(ENDPOINT, set("a=1", "b=2")))).containsExactly("b");
    }

    @Test
    void onlyNewNamesAreSentWhenNamesAreAdded() {
        String nonce = established(ENDPOINT, set("a=1"), "a");
        assertThat(session.receive(ask(ENDPOINT, nonce, "a", "b")))
                .isEqualTo(new Received.Subscribed(ENDPOINT, false, true));
        assertThat(names(sent(ENDPOINT, set("a=1", "b=1")))).containsExactly("b");
    }

    @Test
    void fewerNamesAreNotAnswered() {
        String nonce = established(ENDPOINT, set("a=1", "b=1"), "a", "b");
        session.receive(ask(ENDPOINT, nonce, "a"));
        assertThat(session.nextDue()).isEmpty();
        assertThat(session.subscription(ENDPOINT)).isEqualTo(Subscription.named("a"));
    }

    @Test
    void aNameThatComesBackIsSentAgain() {
        String nonce = established(ENDPOINT, set("a=1", "b=1"), "a", "b");
        session.receive(ask(ENDPOINT, nonce, "a"));
        session.receive(ask(ENDPOINT, nonce, "a", "b"));
        assertThat(names(sent(ENDPOINT, set("a=1", "b=1")))).containsExactly("b");
    }

    @Test
    void aRepeatedEndpointRequestIsAnsweredSoThatClustersCanWarm() {
        String nonce = established(ENDPOINT, set("a=1", "b=1"), "a", "b");
        session.receive(ask(ENDPOINT, nonce, "a", "b"));
        assertThat(names(sent(ENDPOINT, set("a=1", "b=1")))).containsExactly("a", "b");
    }

    @Test
    void endpointsAreSentAgainWhenTheirClusterChanged() {
        established(CLUSTER, clusters("a=1", "b=1"));
        established(ENDPOINT, set("a=1", "b=1"), "a", "b");
        session.changed();
        sent(CLUSTER, clusters("a=2", "b=1"));
        assertThat(session.nextDue()).contains(ENDPOINT);
        assertThat(names(sent(ENDPOINT, set("a=1", "b=1")))).containsExactly("a");
    }

    @Test
    void namedListenersAreSentCompleteAndGoneOnesAreLeftOut() {
        established(LISTENER, set("x=1", "y=1"), "x", "y");
        session.changed();
        assertThat(names(sent(LISTENER, set("y=1")))).containsExactly("y");
    }

    @Test
    void theStarMeansEverythingNextToNames() {
        session.receive(ask(CLUSTER, "", "*", "extra"));
        assertThat(session.subscription(CLUSTER).wildcard()).isTrue();
        assertThat(session.subscription(CLUSTER).names()).containsExactly("extra");
    }

    @Test
    void namesEndTheImpliedWildcardAndNoNamesThenMeanNothing() {
        String nonce = established(CLUSTER, set("a=1", "b=1"));
        session.receive(ask(CLUSTER, nonce, "a"));
        assertThat(session.subscription(CLUSTER)).isEqualTo(Subscription.named("a"));
        nonce = sent(CLUSTER, set("a=1")).nonce();
        session.receive(ask(CLUSTER, nonce, "a"));
        session.receive(ask(CLUSTER, nonce));
        assertThat(session.subscription(CLUSTER)).isEqualTo(Subscription.NOTHING);
        session.receive(ask(CLUSTER, nonce));
        assertThat(session.subscription(CLUSTER)).isEqualTo(Subscription.NOTHING);
    }

    @Test
    void aRequestWithoutNonceOnAnOldStreamGetsEverythingAgain() {
        established(CLUSTER, set("a=1"));
        session.receive(ask(CLUSTER, ""));
        assertThat(names(sent(CLUSTER, set("a=1")))).containsExactly("a");
    }

    @Test
    void aClientThatReconnectsWithAVersionIsSentEverything() {
        session.receive(SotwRequest.of(request(CLUSTER, "").setVersionInfo("v1").build()));
        assertThat(names(sent(CLUSTER, set("a=1")))).containsExactly("a");
    }

    @Test
    void kindsComeInWarmingOrder() {
        session.receive(ask(ROUTE, "", "r"));
        session.receive(ask(LISTENER, ""));
        session.receive(ask(ENDPOINT, "", "e"));
        session.receive(ask(CLUSTER, ""));
        assertThat(session.watched()).containsExactly(CLUSTER, ENDPOINT, LISTENER, ROUTE);
        assertThat(session.nextDue()).contains(CLUSTER);
    }
}
