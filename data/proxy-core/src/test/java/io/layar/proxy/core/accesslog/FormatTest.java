package io.layar.proxy.core.accesslog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Struct;
import com.google.protobuf.TextFormat.ParseException;
import io.layar.proxy.core.config.ConfigRejected;
import io.layar.proxy.core.http.HeaderMap;
import io.layar.proxy.core.stream.Address;
import io.layar.proxy.core.stream.ConnectionInfo;
import io.layar.proxy.core.stream.ResponseFlag;
import io.layar.proxy.core.stream.StreamInfo;
import io.layar.proxy.core.stream.TimePoint;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FormatTest {
    private static final FormatFacts FACTS = new FormatFacts("me", Map.of("V", "w")::get);

    private final StreamInfo info = new StreamInfo(
            new ConnectionInfo(
                    7,
                    Address.of(new InetSocketAddress("10.1.2.3", 4711)),
                    Address.of(new InetSocketAddress("::1", 80))),
            1_000_000,
            Instant.parse("2026-01-02T03:04:05.678Z"));
    private final HeaderMap request = new HeaderMap()
            .add(":method", "GET")
            .add(":path", "/p?a=1&b=%20")
            .add("x-a", "0123456789")
            .add("x-q", "say \"hi\"\n");
    private final HeaderMap response = new HeaderMap().add(":status", "200");

    private LogInput input() {
        return new LogInput(info, request, response, new HeaderMap(), "", LogType.DOWNSTREAM_END);
    }

    private String text(String format) {
        return TextFormat.compile(format, false, FACTS).format(input());
    }

    private String json(String template) throws ParseException {
        Struct.Builder struct = Struct.newBuilder();
        com.google.protobuf.TextFormat.merge(template, struct);
        StringBuilder out = new StringBuilder();
        JsonFormat.compile(struct.build(), false, FACTS).write(input(), out);
        return out.toString();
    }

    @Test
    void headersFallBackAndAreCut() {
        assertThat(text("%REQ(X-A):4%|%REQ(X-NONE)%|%REQ(X-NONE?X-A)%|%RESP(:STATUS)%"))
                .isEqualTo("0123|-|0123456789|200");
    }

    @Test
    void perCentSignsAreDoubled() {
        assertThat(text("100%% %REQ(:METHOD)%")).isEqualTo("100% GET");
    }

    @Test
    void missingValuesCanBeOmitted() {
        assertThat(TextFormat.compile("[%REQ(none)%]", true, FACTS).format(input()))
                .isEqualTo("[]");
    }

    @Test
    void flagsComeInTheOrderInWhichTheyWereSet() {
        assertThat(text("%RESPONSE_FLAGS%")).isEqualTo("-");
        info.addFlag(ResponseFlag.UPSTREAM_RETRY_LIMIT_EXCEEDED);
        info.addFlag(ResponseFlag.UPSTREAM_CONNECTION_FAILURE);
        info.addFlag(ResponseFlag.UPSTREAM_RETRY_LIMIT_EXCEEDED);
        assertThat(text("%RESPONSE_FLAGS%|%RESPONSE_FLAGS_LONG%"))
                .isEqualTo("URX,UF|UpstreamRetryLimitExceeded,UpstreamConnectionFailure");
    }

    @Test
    void pathsCanLoseTheirQuery() {
        assertThat(text("%PATH(WQ)%|%PATH(NQ)%|%REQ_WITHOUT_QUERY(:PATH)%|%QUERY_PARAM(a)%|%QUERY_PARAM(c)%"))
                .isEqualTo("/p?a=1&b=%20|/p|/p|1|-");
    }

    @Test
    void timesFollowTheirPattern() {
        assertThat(text("%START_TIME%|%START_TIME(%Y/%m/%d %s %3f %6f)%"))
                .isEqualTo("2026-01-02T03:04:05.678Z|2026/01/02 1767323045 678 678000");
    }

    @Test
    void durationsAreMeasuredBetweenMoments() {
        info.mark(TimePoint.US_RX_BEG, 6_000_000);
        info.mark(TimePoint.DS_TX_END, 9_500_000);
        assertThat(
                        text(
                                "%RESPONSE_DURATION%|%RESPONSE_TX_DURATION%|%DURATION%|%COMMON_DURATION(DS_RX_BEG:DS_TX_END:us)%"))
                .isEqualTo("5|3|-|8500");
    }

    @Test
    void addressesCanBeMasked() {
        assertThat(
                        text(
                                "%DOWNSTREAM_REMOTE_ADDRESS%|%DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT(16)%|%DOWNSTREAM_LOCAL_ADDRESS%"))
                .isEqualTo("10.1.2.3:4711|10.1.0.0/16|[::1]:80");
    }

    @Test
    void theProcessHasItsOwnFacts() {
        assertThat(text("%HOSTNAME%|%ENVIRONMENT(V)%|%ENVIRONMENT(W)%|%CONNECTION_ID%"))
                .isEqualTo("me|w|-|7");
    }

    @Test
    void metadataIsFoundByItsPath() {
        info.writableMetadata().put("n", "k", Map.of("a", "v"));
        assertThat(text("%DYNAMIC_METADATA(n:k:a)%|%DYNAMIC_METADATA(n:k)%|%DYNAMIC_METADATA(n:x)%"))
                .isEqualTo("v|{\"a\":\"v\"}|-");
    }

    @Test
    void jsonKeepsTypesAndEscapesText() throws ParseException {
        String template = "fields { key: 'n' value { string_value: '%RESPONSE_CODE%' } }"
                + "fields { key: 'm' value { string_value: '%REQ(none)%' } }"
                + "fields { key: 'q' value { string_value: '%REQ(x-q)%' } }"
                + "fields { key: 't' value { string_value: 'c%RESPONSE_CODE%' } }"
                + "fields { key: 'b' value { bool_value: true } }";
        assertThat(json(template))
                .isEqualTo("{\"b\":true,\"m\":null,\"n\":0,\"q\":\"say \\\"hi\\\"\\n\",\"t\":\"c0\"}");
    }

    @Test
    void theFirstValueThatIsThereCoalesces() {
        assertThat(text("%COALESCE({\"operators\": [\"REQUESTED_SERVER_NAME\", {\"command\": \"REQ\", \"param\":"
                        + " \"x-a\", \"max_length\": 3}]})%"))
                .isEqualTo("012");
    }

    @Test
    void unknownOperatorsAreRefused() {
        assertThatThrownBy(() -> text("%NO_SUCH%"))
                .isInstanceOf(ConfigRejected.class)
                .hasMessageContaining("NO_SUCH");
        assertThatThrownBy(() -> text("%REQ(x")).isInstanceOf(ConfigRejected.class);
    }
}
