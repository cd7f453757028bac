package io.layar.proxy.core.reply;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.TextFormat;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.LocalReplyConfig;
import io.layar.proxy.core.accesslog.FormatFacts;
import io.layar.proxy.core.http.HeaderMap;
import io.layar.proxy.core.runtime.RuntimeValues;
import io.layar.proxy.core.stream.Address;
import io.layar.proxy.core.stream.ConnectionInfo;
import io.layar.proxy.core.stream.StreamInfo;
import java.net.InetSocketAddress;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LocalRepliesTest {
    private final StreamInfo info = new StreamInfo(
            new ConnectionInfo(
                    1,
                    Address.of(new InetSocketAddress("10.0.0.9", 1)),
                    Address.of(new InetSocketAddress("10.0.0.1", 2))),
            1,
            Instant.EPOCH);
    private final HeaderMap response = new HeaderMap();

    private static HeaderMap request(String... more) {
        HeaderMap headers = new HeaderMap().add(":method", "GET").add(":path", "/");
        for (int i = 0; i < more.length; i += 2) {
            headers.set(more[i], more[i + 1]);
        }
        return headers;
    }

    private static LocalReplies compile(String text) throws TextFormat.ParseException {
        LocalReplyConfig.Builder proto = LocalReplyConfig.newBuilder();
        TextFormat.merge(text, proto);
        return LocalReplies.compile(proto.build(), FormatFacts.NONE, new RuntimeValues(), "local_reply_config");
    }

    private String prepare(LocalReplies replies, HeaderMap request, int grpcStatus) {
        return replies.prepare(info, request, response, new LocalReplies.Reply(503, "no healthy upstream", grpcStatus));
    }

    @Test
    void plainBodiesAreText() {
        assertThat(prepare(LocalReplies.PLAIN, request(), -1)).isEqualTo("no healthy upstream");
        assertThat(response.name(0)).isEqualTo(":status");
        assertThat(response.get("content-length")).isEqualTo("19");
        assertThat(response.get("content-type")).isEqualTo("text/plain");
    }

    @Test
    void headAnswersHaveALengthAndNoBody() {
        assertThat(prepare(LocalReplies.PLAIN, request(":method", "HEAD"), -1)).isEmpty();
        assertThat(response.get("content-length")).isEqualTo("19");
    }

    @Test
    void grpcRequestsGetAStatusInTheirHeaders() {
        assertThat(prepare(LocalReplies.PLAIN, request("content-type", "application/grpc"), -1))
                .isEmpty();
        assertThat(response.get(":status")).isEqualTo("200");
        assertThat(response.get("grpc-status")).isEqualTo("14");
        assertThat(response.get("grpc-message")).isEqualTo("no healthy upstream");
        assertThat(response.contains("content-length")).isFalse();
    }

    @Test
    void aGivenGrpcStatusWins() {
        prepare(LocalReplies.PLAIN, request("content-type", "application/grpc"), 8);
        assertThat(response.get("grpc-status")).isEqualTo("8");
    }

    @Test
    void theFirstMapperThatAcceptsChangesTheAnswer() throws Exception {
        String rule = "filter { status_code_filter { comparison { op: EQ value { default_value: %d } } } }";
        LocalReplies replies = compile("mappers { " + rule.formatted(404) + " status_code { value: 400 } }"
                + "mappers { " + rule.formatted(503) + " status_code { value: 599 } body { inline_string: 'gone' }"
                + " headers_to_add { header { key: 'x-m' value: '%RESPONSE_CODE%' } } }"
                + "mappers { " + rule.formatted(503) + " status_code { value: 500 } }");
        assertThat(prepare(replies, request(), -1)).isEqualTo("gone");
        assertThat(response.get(":status")).isEqualTo("599");
        assertThat(response.get("x-m")).isEqualTo("503");
        assertThat(info.responseCode()).isEqualTo(599);
    }

    @Test
    void bodiesAreFormattedWithTheirContentType() throws Exception {
        LocalReplies replies = compile("body_format { json_format { fields { key: 'm' value { string_value:"
                + " '%LOCAL_REPLY_BODY%' } } fields { key: 'c' value { string_value: '%RESPONSE_CODE%' } } } }");
        assertThat(prepare(replies, request(), -1)).isEqualTo("{\"c\":503,\"m\":\"no healthy upstream\"}\n");
        assertThat(response.get("content-type")).isEqualTo("application/json");
    }

    @Test
    void messagesArePercentEncoded() {
        assertThat(LocalReplies.percentEncoded("a%b\nc")).isEqualTo("a%25b%0Ac");
    }
}
