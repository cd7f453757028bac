package io.layar.xds.client;

import static io.layar.xds.TypeUrl.CLUSTER;
import static io.layar.xds.TypeUrl.ENDPOINT;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableSet;
import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.Resource;
import io.layar.xds.Subscription;
import org.junit.jupiter.api.Test;

class ClientSessionTest {
    private static final Node NODE = Node.newBuilder().setId("n").build();
    private static final Verdict REFUSED = new Verdict(ImmutableSet.of("a"), "a: bad");

    private final SotwClientSession sotw = new SotwClientSession(NODE);
    private final DeltaClientSession delta = new DeltaClientSession(NODE);

    private static DiscoveryResponse clusters(String version, String nonce, String... names) {
        DiscoveryResponse.Builder response = DiscoveryResponse.newBuilder()
                .setTypeUrl(CLUSTER.url())
                .setVersionInfo(version)
                .setNonce(nonce);
        for (String name : names) {
            response.addResources(Any.pack(
                    Cluster.newBuilder().setName(name).setAltStatName("x").build()));
        }
        return response.build();
    }

    private static DeltaDiscoveryResponse changes(String nonce, String version, String... names) {
        DeltaDiscoveryResponse.Builder response =
                DeltaDiscoveryResponse.newBuilder().setTypeUrl(ENDPOINT.url()).setNonce(nonce);
        for (String name : names) {
            response.addResources(Resource.newBuilder().setName(name).setVersion(version));
        }
        return response.build();
    }

    private DiscoveryRequest sotwRequest() {
        return sotw.poll().orElseThrow();
    }

    private DeltaDiscoveryRequest deltaRequest() {
        return delta.poll().orElseThrow();
    }

    @Test
    void onlyTheFirstRequestOfAStreamCarriesTheNode() {
        sotw.watch(CLUSTER, Subscription.EVERYTHING);
        sotw.watch(ENDPOINT, Subscription.named("e"));
        assertThat(sotwRequest().getNode()).isEqualTo(NODE);
        assertThat(sotwRequest().hasNode()).isFalse();
        assertThat(sotw.poll()).isEmpty();
    }

    @Test
    void aResponseIsAcknowledgedWithItsVersionAndNonce() throws InvalidProtocolBufferException {
        sotw.watch(CLUSTER, Subscription.EVERYTHING);
        sotwRequest();
        DiscoveryResponse response = clusters("7", "n1", "a");
        Update update = sotw.read(response);
        assertThat(update.complete()).isTrue();
        assertThat(update.resources()).extracting(Update.Item::name).containsExactly("a");
        sotw.answer(response, update, Verdict.ACCEPTED);
        DiscoveryRequest ack = sotwRequest();
        assertThat(ack.getVersionInfo()).isEqualTo("7");
        assertThat(ack.getResponseNonce()).isEqualTo("n1");
        assertThat(ack.hasErrorDetail()).isFalse();
    }

    @Test
    void aRefusalKeepsTheOldVersionAndSaysWhy() throws InvalidProtocolBufferException {
        sotw.watch(CLUSTER, Subscription.EVERYTHING);
        sotwRequest();
        sotw.answer(clusters("1", "n1", "a"), sotw.read(clusters("1", "n1", "a")), Verdict.ACCEPTED);
        sotwRequest();
        sotw.answer(clusters("2", "n2", "a"), sotw.read(clusters("2", "n2", "a")), REFUSED);
        DiscoveryRequest nack = sotwRequest();
        assertThat(nack.getVersionInfo()).isEqualTo("1");
        assertThat(nack.getResponseNonce()).isEqualTo("n2");
        assertThat(nack.getErrorDetail().getMessage()).isEqualTo("a: bad");
    }

    @Test
    void theAcknowledgementOfClustersComesBeforeTheNamesThatTheyLedTo() throws InvalidProtocolBufferException {
        sotw.watch(CLUSTER, Subscription.EVERYTHING);
        sotwRequest();
        sotw.watch(ENDPOINT, Subscription.named("a"));
        sotw.answer(clusters("1", "n1", "a"), sotw.read(clusters("1", "n1", "a")), Verdict.ACCEPTED);
        assertThat(sotwRequest().getTypeUrl()).isEqualTo(CLUSTER.url());
        assertThat(sotwRequest().getResourceNamesList()).containsExactly("a");
    }

    @Test
    void afterReconnectingTheVersionIsSaidAndTheNonceIsNot() throws InvalidProtocolBufferException {
        sotw.watch(CLUSTER, Subscription.EVERYTHING);
        sotwRequest();
        sotw.answer(clusters("7", "n1", "a"), sotw.read(clusters("7", "n1", "a")), Verdict.ACCEPTED);
        sotw.disconnected();
        DiscoveryRequest again = sotwRequest();
        assertThat(again.getNode()).isEqualTo(NODE);
        assertThat(again.getVersionInfo()).isEqualTo("7");
        assertThat(again.getResponseNonce()).isEmpty();
        assertThat(sotw.poll()).isEmpty();
    }

    @Test
    void nothingIsRequestedForNoNames() {
        sotw.watch(ENDPOINT, Subscription.NOTHING);
        delta.watch(ENDPOINT, Subscription.NOTHING);
        assertThat(sotw.poll()).isEmpty();
        assertThat(delta.poll()).isEmpty();
    }

    @Test
    void deltaSaysOnlyWhichNamesComeAndGo() {
        delta.watch(ENDPOINT, Subscription.named("a", "b"));
        assertThat(deltaRequest().getResourceNamesSubscribeList()).containsExactly("a", "b");
        delta.watch(ENDPOINT, Subscription.named("b", "c"));
        DeltaDiscoveryRequest request = deltaRequest();
        assertThat(request.getResourceNamesSubscribeList()).containsExactly("c");
        assertThat(request.getResourceNamesUnsubscribeList()).containsExactly("a");
        assertThat(delta.poll()).isEmpty();
    }

    @Test
    void deltaAnswersEveryResponse() {
        delta.watch(ENDPOINT, Subscription.named("a"));
        deltaRequest();
        delta.answer(changes("n1", "1", "a"), read(changes("n1", "1", "a")), Verdict.ACCEPTED);
        delta.answer(changes("n2", "2", "a"), read(changes("n2", "2", "a")), REFUSED);
        assertThat(deltaRequest().getResponseNonce()).isEqualTo("n1");
        DeltaDiscoveryRequest nack = deltaRequest();
        assertThat(nack.getResponseNonce()).isEqualTo("n2");
        assertThat(nack.getErrorDetail().getMessage()).isEqualTo("a: bad");
    }

    @Test
    void deltaSaysAfterReconnectingWhatItHasAndNotWhatItRefusedOrLost() {
        delta.watch(ENDPOINT, Subscription.named("a", "b", "c"));
        deltaRequest();
        delta.answer(changes("n1", "1", "a", "b", "c"), read(changes("n1", "1", "a", "b", "c")), Verdict.ACCEPTED);
        delta.answer(changes("n2", "2", "a"), read(changes("n2", "2", "a")), REFUSED);
        DeltaDiscoveryResponse gone = DeltaDiscoveryResponse.newBuilder()
                .setTypeUrl(ENDPOINT.url())
                .addRemovedResources("c")
                .build();
        delta.answer(gone, read(gone), Verdict.ACCEPTED);
        delta.disconnected();
        DeltaDiscoveryRequest again = deltaRequest();
        assertThat(again.getNode()).isEqualTo(NODE);
        assertThat(again.getResourceNamesSubscribeList()).containsExactly("a", "b", "c");
        assertThat(again.getInitialResourceVersionsMap())
                .containsOnlyKeys("a", "b")
                .containsEntry("a", "1");
        assertThat(delta.poll()).isEmpty();
    }

    @Test
    void aDeltaWildcardIsSaidInSo() {
        delta.watch(CLUSTER, Subscription.EVERYTHING);
        assertThat(deltaRequest().getResourceNamesSubscribeList()).containsExactly("*");
    }

    private Update read(DeltaDiscoveryResponse response) {
        try {
            return delta.read(response);
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }
}
