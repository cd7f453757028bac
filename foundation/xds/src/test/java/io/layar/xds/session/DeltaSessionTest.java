package io.layar.xds.session;

import static io.layar.xds.TypeUrl.CLUSTER;
import static io.layar.xds.TypeUrl.ENDPOINT;
import static io.layar.xds.TypeUrl.EXTENSION_CONFIG;
import static io.layar.xds.TypeUrl.ROUTE;
import static io.layar.xds.session.Samples.clusters;
import static io.layar.xds.session.Samples.delta;
import static io.layar.xds.session.Samples.names;
import static io.layar.xds.session.Samples.set;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.Status;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.layar.xds.ResourceSet;
import io.layar.xds.Sharing;
import io.layar.xds.Subscription;
import io.layar.xds.TypeUrl;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DeltaSessionTest {
    private final DeltaSession session = new DeltaSession(new Sharing());

    private Sent<DeltaDiscoveryResponse> sent(TypeUrl type, ResourceSet next) {
        return offered(type, next).orElseThrow(() -> new AssertionError("nothing was sent of " + type));
    }

    private Optional<Sent<DeltaDiscoveryResponse>> offered(TypeUrl type, ResourceSet next) {
        return session.offer(type, next, "v1");
    }

    private void ack(Sent<?> sent) {
        assertThat(session.receive(
                        delta(sent.type()).setResponseNonce(sent.nonce()).build()))
                .isEqualTo(new Received.Acknowledged(sent.type()));
    }

    private void refuse(Sent<?> sent, String error) {
        session.receive(delta(sent.type())
                .setResponseNonce(sent.nonce())
                .setErrorDetail(Status.newBuilder().setCode(3).setMessage(error))
                .build());
    }

    private void subscribe(TypeUrl type, String... names) {
        session.receive(delta(type).addAllResourceNamesSubscribe(List.of(names)).build());
    }

    private void established(TypeUrl type, ResourceSet next, String... names) {
        subscribe(type, names);
        ack(sent(type, next));
        session.changed();
    }

    @Test
    void aFirstRequestWithoutNamesMeansEverything() {
        subscribe(CLUSTER);
        assertThat(session.subscription(CLUSTER)).isEqualTo(Subscription.EVERYTHING);
        Sent<DeltaDiscoveryResponse> response = sent(CLUSTER, set("a=1"));
        assertThat(response.message().getResources(0).getName()).isEqualTo("a");
        assertThat(response.message().getResources(0).getVersion()).isNotEmpty();
        assertThat(response.message().getSystemVersionInfo()).isEqualTo("v1");
    }

    @Test
    void onlyWhatChangedIsSentAndWhatIsGoneIsNamed() {
        established(CLUSTER, set("a=1", "b=1", "c=1"));
        Sent<DeltaDiscoveryResponse> response = sent(CLUSTER, set("a=1", "b=2"));
        assertThat(names(response)).containsExactly("b");
        assertThat(response.message().getRemovedResourcesList()).containsExactly("c");
    }

    @Test
    void aNameThatDoesNotExistIsToldAsGone() {
        subscribe(ROUTE, "r", "none");
        Sent<DeltaDiscoveryResponse> response = sent(ROUTE, set("r=1"));
        assertThat(names(response)).containsExactly("r");
        assertThat(response.removed()).containsExactly("none");
    }

    @Test
    void aNewNameIsSentAlone() {
        established(ENDPOINT, set("a=1"), "a");
        subscribe(ENDPOINT, "b");
        assertThat(names(sent(ENDPOINT, set("a=1", "b=1")))).containsExactly("b");
    }

    @Test
    void anUnsubscribedNameIsForgottenWithoutAWord() {
        established(ENDPOINT, set("a=1", "b=1"), "a", "b");
        session.receive(delta(ENDPOINT).addResourceNamesUnsubscribe("b").build());
        assertThat(session.subscription(ENDPOINT)).isEqualTo(Subscription.named("a"));
        assertThat(offered(ENDPOINT, set("a=1"))).isEmpty();
    }

    @Test
    void aNameThatComesBackIsSentAgain() {
        established(ENDPOINT, set("a=1", "b=1"), "a", "b");
        session.receive(delta(ENDPOINT).addResourceNamesUnsubscribe("b").build());
        subscribe(ENDPOINT, "b");
        assertThat(names(sent(ENDPOINT, set("a=1", "b=1")))).containsExactly("b");
    }

    @Test
    void aNameSubscribedTwiceIsSentAgain() {
        established(ENDPOINT, set("a=1", "b=1"), "a", "b");
        subscribe(ENDPOINT, "a");
        assertThat(names(sent(ENDPOINT, set("a=1", "b=1")))).containsExactly("a");
    }

    @Test
    void endingTheWildcardLeavesTheNamed() {
        session.receive(delta(CLUSTER)
                .addResourceNamesSubscribe("*")
                .addResourceNamesSubscribe("a")
                .build());
        ack(sent(CLUSTER, set("a=1", "b=1")));
        session.receive(delta(CLUSTER).addResourceNamesUnsubscribe("*").build());
        assertThat(session.subscription(CLUSTER)).isEqualTo(Subscription.named("a"));
        session.changed();
        assertThat(offered(CLUSTER, set("a=1"))).isEmpty();
    }

    @Test
    void unsubscribingANameUnderTheWildcardIsAnsweredWithWhatTheWildcardGives() {
        session.receive(delta(CLUSTER)
                .addResourceNamesSubscribe("*")
                .addResourceNamesSubscribe("a")
                .addResourceNamesSubscribe("odd")
                .build());
        ack(sent(CLUSTER, set("a=1", "odd=1")));
        session.receive(delta(CLUSTER)
                .addResourceNamesUnsubscribe("a")
                .addResourceNamesUnsubscribe("odd")
                .build());
        Sent<DeltaDiscoveryResponse> response = sent(CLUSTER, set("a=1"));
        assertThat(names(response)).containsExactly("a");
        assertThat(response.removed()).containsExactly("odd");
    }

    @Test
    void aReconnectedClientGetsOnlyWhatItLacks() {
        ResourceSet before = set("a=1", "b=1", "c=1");
        var request = delta(CLUSTER);
        before.byName().values().forEach(r -> request.putInitialResourceVersions(r.name(), r.version()));
        session.receive(request.build());
        Sent<DeltaDiscoveryResponse> response = sent(CLUSTER, set("a=1", "b=2"));
        assertThat(names(response)).containsExactly("b");
        assertThat(response.removed()).containsExactly("c");
    }

    @Test
    void aReconnectedClientThatNamesWhatItHasGetsOnlyWhatItLacks() {
        ResourceSet before = set("a=1", "b=1");
        var request = delta(ENDPOINT).addResourceNamesSubscribe("a").addResourceNamesSubscribe("b");
        before.byName().values().forEach(r -> request.putInitialResourceVersions(r.name(), r.version()));
        session.receive(request.build());
        assertThat(names(sent(ENDPOINT, set("a=1", "b=2")))).containsExactly("b");
    }

    @Test
    void aReconnectedClientThatLacksNothingHearsThatItIsUpToDate() {
        ResourceSet before = set("a=1");
        session.receive(delta(CLUSTER)
                .putInitialResourceVersions(
                        "a", Objects.requireNonNull(before.get("a")).version())
                .build());
        Sent<DeltaDiscoveryResponse> response = sent(CLUSTER, before);
        assertThat(response.resources()).isEmpty();
        assertThat(response.removed()).isEmpty();
    }

    @Test
    void aLateAcknowledgementDoesNotSettleTheNextResponseButItsNamesCount() {
        subscribe(ENDPOINT, "a");
        Sent<?> first = sent(ENDPOINT, set("a=1"));
        ack(first);
        session.changed();
        sent(ENDPOINT, set("a=2"));
        assertThat(session.receive(
                        delta(ENDPOINT).setResponseNonce(first.nonce()).build()))
                .isEqualTo(new Received.Stale(ENDPOINT));
        session.receive(delta(ENDPOINT)
                .setResponseNonce(first.nonce())
                .addResourceNamesSubscribe("b")
                .build());
        assertThat(session.subscription(ENDPOINT).names()).containsExactly("a", "b");
        assertThat(session.nextDue()).as("the second response is outstanding").isEmpty();
    }

    @Test
    void afterARefusalTheNextOfferHoldsAllThatTheClientMayLack() {
        established(CLUSTER, set("a=1", "b=1"));
        refuse(sent(CLUSTER, set("a=2", "b=bad", "c=1")), "b: bad");
        session.changed();
        assertThat(offered(CLUSTER, set("a=2", "b=bad", "c=1"))).isEmpty();
        session.changed();
        Sent<DeltaDiscoveryResponse> response = sent(CLUSTER, set("a=2", "b=3"));
        assertThat(names(response)).containsExactlyInAnyOrder("a", "b");
        assertThat(response.removed()).as("c may have been taken").containsExactly("c");
    }

    @Test
    void extensionConfigurationsAreNeverToldAsGone() {
        established(EXTENSION_CONFIG, set("x=1"), "x");
        assertThat(offered(EXTENSION_CONFIG, ResourceSet.EMPTY)).isEmpty();
    }

    @Test
    void endpointsAreSentAgainWhenTheirClusterChanged() {
        established(CLUSTER, clusters("a=1", "b=1"));
        established(ENDPOINT, set("a=1", "b=1"), "a", "b");
        sent(CLUSTER, clusters("a=2", "b=1"));
        assertThat(names(sent(ENDPOINT, set("a=1", "b=1")))).containsExactly("a");
    }

    @Test
    void aClusterThatIsGoneIsNamedAfterItsRoutesAreAcknowledged() {
        established(CLUSTER, clusters("a=1"));
        established(ROUTE, set("r=a"), "r");
        assertThat(offered(CLUSTER, ResourceSet.EMPTY)).isEmpty();
        assertThat(session.nextDue()).contains(ROUTE);
        Sent<?> route = sent(ROUTE, set("r=b"));
        assertThat(session.nextDue()).isEmpty();
        ack(route);
        assertThat(session.nextDue()).contains(CLUSTER);
        assertThat(sent(CLUSTER, ResourceSet.EMPTY).removed()).containsExactly("a");
    }
}
