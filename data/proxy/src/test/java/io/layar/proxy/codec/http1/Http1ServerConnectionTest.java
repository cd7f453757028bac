package io.layar.proxy.codec.http1;

import static org.assertj.core.api.Assertions.assertThat;

import io.layar.proxy.core.http.HeaderMap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Http1ServerConnectionTest {
    private static final String GET = ":method: GET|:path: /|:authority: a|";

    private final RecordedOutput output = new RecordedOutput();
    private final RecordedRequests requests = new RecordedRequests();

    private Http1ServerConnection connection(Http1Options options) {
        return new Http1ServerConnection(output, requests, options);
    }

    private List<String> events(String bytes) {
        connection(Http1Options.SERVER).onBytes(buffer(bytes));
        return requests.events;
    }

    private static ByteBuf buffer(String bytes) {
        return Unpooled.copiedBuffer(bytes, StandardCharsets.ISO_8859_1);
    }

    @Test
    void namesAreLowerCaseAndValuesTrimmed() {
        assertThat(events("GET / HTTP/1.1\r\nHost: a\r\nX-One:  v\t \r\nx-empty:\r\n\r\n"))
                .containsExactly(GET + "x-one: v|x-empty: |true");
    }

    @Test
    void aRequestInSingleBytesIsTheSameRequest() {
        Http1ServerConnection connection = connection(Http1Options.SERVER);
        for (char c : "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi".toCharArray()) {
            connection.onBytes(buffer(String.valueOf(c)));
        }
        assertThat(requests.events)
                .containsExactly(
                        "begun",
                        ":method: POST|:path: /|:authority: a|content-length: 2|false",
                        "data h false",
                        "data i true");
    }

    @Test
    void linesMayEndInLineFeedsAndFoldedValuesAreJoined() {
        assertThat(events("\r\n\nGET / HTTP/1.1\nHost: a\nx-a: 1\n  2\n\n")).containsExactly(GET + "x-a: 1  2|true");
    }

    @Test
    void someHeadersAreJoinedAndOthersStayApart() {
        assertThat(events("GET / HTTP/1.1\r\nHost: a\r\nAccept: 1\r\nx: 1\r\nAccept: 2\r\nx: 2\r\n\r\n"))
                .containsExactly(GET + "accept: 1,2|x: 1|x: 2|true");
    }

    @Test
    void hopByHopHeadersStayInTheCodec() {
        assertThat(events("GET / HTTP/1.1\r\nHost: a\r\nConnection: x-hop, close\r\nKeep-Alive: 5\r\nx-hop: 1\r\n\r\n"))
                .containsExactly(GET + "true");
    }

    @Test
    void chunksAreReadWithExtensionsAndTrailersDropped() {
        assertThat(events("POST / HTTP/1.1\r\n"
                        + "Host: a\r\n"
                        + "Transfer-Encoding: chunked\r\n\r\n"
                        + "3;x=y\r\n"
                        + "abc\r\n"
                        + "0\r\n"
                        + "x-t: 1\r\n\r\n"))
                .containsExactly(":method: POST|:path: /|:authority: a|false", "data abc false", "data  true");
    }

    @Test
    void trailersComeThroughWhereTheyAreEnabled() {
        Http1Options options = new Http1Options(
                false, null, HeaderLimits.REQUEST, Underscores.ALLOW, true, false, KeyFormat.LOWER_CASE);
        Http1ServerConnection connection = connection(options);
        connection.onBytes(buffer("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nx-"));
        connection.onBytes(buffer("t: 1\r\n\r\n"));
        assertThat(requests.events).containsExactly(":method: POST|:path: /|:authority: a|false", "trailers x-t: 1|");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "this is bad\\r\\n!400 http1.codec_error",
                "GET /\\r\\n!426 low_version",
                "get / HTTP/1.1\\r\\n!400 http1.codec_error",
                "GET abc HTTP/1.1\\r\\n!400 http1.codec_error",
                "GET / HTTP/1.0\\r\\n\\r\\n!426 low_version",
                "GET / HTTP/1.1\\r\\nHost: a\\r\\nx a: 1\\r\\n\\r\\n!400 http1.codec_error",
                "GET / HTTP/1.1\\r\\nHost: a\\r\\nnocolon\\r\\n\\r\\n!400 http1.codec_error",
                "GET / HTTP/1.1\\r\\nHost: a\\r\\nx: a\\001\\r\\n\\r\\n!400 http1.invalid_characters",
                "GET / HTTP/1.1\\r\\nHost: a/b\\r\\n\\r\\n!400 http.invalid_authority",
                "POST / HTTP/1.1\\r\\nHost: a\\r\\nContent-Length: +1\\r\\n\\r\\n!400 http1.codec_error",
                "POST / HTTP/1.1\\r"
                        + "\\n"
                        + "Host: a\\r"
                        + "\\n"
                        + "Content-Length: 5\\r"
                        + "\\n"
                        + "Content-Length: 5\\r"
                        + "\\n"
                        + "\\r"
                        + "\\n"
                        + "!400 http1.codec_error",
                "POST / HTTP/1.1\\r"
                        + "\\n"
                        + "Host: a\\r"
                        + "\\n"
                        + "Transfer-Encoding: gzip, chunked\\r"
                        + "\\n"
                        + "\\r"
                        + "\\n"
                        + "!501 http1.invalid_transfer_encoding",
                "POST / HTTP/1.1\\r\\nHost: a\\r\\nContent-Length: 5\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n"
                        + "!400 http1.content_length_and_chunked_not_allowed",
                "POST / HTTP/1.1\\r\\nHost: a\\r\\nTransfer-Encoding : chunked\\r\\n\\r\\n!400 http1.codec_error",
                "POST / HTTP/1.1\\r\\nHost: a\\r\\nTransfer-Encoding: chunked\\r\\nTransfer-Encoding: x\\r\\n\\r\\n"
                        + "!501 http1.invalid_transfer_encoding",
                "CONNECT a:80 HTTP/1.1\\r\\nHost: a:80\\r\\nContent-Length: 2\\r\\n\\r\\nab!400 http1.body_disallowed",
                "GET / HTTP/1.1\\r"
                        + "\\n"
                        + "Host: a\\r"
                        + "\\n"
                        + "Connection: x-forwarded-for\\r"
                        + "\\n"
                        + "\\r"
                        + "\\n"
                        + "!400 http1.connection_header_rejected"
            })
    void badRequestsAreRefusedInEnvoysWords(String request, String answer) {
        assertThat(events(request.translateEscapes())).last().isEqualTo(answer);
    }

    @Test
    void aChunkSizeThatIsNoNumberEndsTheConnection() {
        Http1ServerConnection connection = connection(Http1Options.SERVER);
        connection.onBytes(buffer("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"));
        connection.onBytes(buffer("GET / HTTP/1.1\r\nHost: a\r\n\r\n"));
        assertThat(requests.events).hasSize(2).last().isEqualTo("400 http1.codec_error");
    }

    @Test
    void aHostThatTheConnectionHeaderNamesIsGone() {
        assertThat(events("GET / HTTP/1.1\r\nHost: a\r\nConnection: host\r\n\r\n"))
                .containsExactly(":method: GET|:path: /|true");
    }

    @Test
    void aConnectRequestMaySayThatItHasNoBody() {
        assertThat(events("CONNECT a:80 HTTP/1.1\r\nHost: a:80\r\nContent-Length: 0\r\n\r\n"))
                .containsExactly(":method: CONNECT|:authority: a:80|false");
    }

    @Test
    void trailersBeyondTheLimitsAreRefused() {
        String head = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n";
        assertThat(events(head + "x: " + "y".repeat(62_000))).last().isEqualTo("431 http1.headers_too_large");
        requests.events.clear();
        assertThat(events(head + "x: " + "y".repeat(62_000) + "\r\n\r\n"))
                .last()
                .isEqualTo("431 http1.headers_too_large");
    }

    @Test
    void manyTrailersThatAreDroppedAreNoHarm() {
        String head = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n";
        assertThat(events(head + "x: y\r\n".repeat(150) + "\r\n")).last().isEqualTo("data  true");
    }

    @Test
    void headsBeyondTheLimitsAreRefused() {
        assertThat(events("GET / HTTP/1.1\r\nx: " + "y".repeat(62_000)))
                .last()
                .isEqualTo("431 http1.headers_too_large");
        requests.events.clear();
        assertThat(events("GET / HTTP/1.1\r\n" + "x: 1\r\n".repeat(101) + "\r\n"))
                .last()
                .isEqualTo("431 http1.too_many_headers");
    }

    @Test
    void pipelinedRequestsWaitForTheAnswerBeforeThem() {
        Http1ServerConnection connection = connection(Http1Options.SERVER);
        connection.onBytes(buffer("GET /1 HTTP/1.1\r\nHost: a\r\n\r\nGET /2 HTTP/1.1\r\nHost: a\r\n\r\n"));
        assertThat(requests.events).hasSize(1);
        requests.last().sendHeaders(new HeaderMap().add(":status", "204"), true);
        assertThat(requests.events).hasSize(2);
        assertThat(output.takeSent()).isEqualTo("HTTP/1.1 204 No Content\r\n\r\n");
    }

    @Test
    void answersAreFramedByLengthOrChunks() {
        requests.answer = true;
        connection(Http1Options.SERVER).onBytes(buffer("GET / HTTP/1.1\r\nHost: a\r\n\r\n"));
        assertThat(output.takeSent()).isEqualTo("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n");
        requests.answer = false;
        connection(Http1Options.SERVER).onBytes(buffer("GET / HTTP/1.1\r\nHost: a\r\n\r\n"));
        requests.last().sendHeaders(new HeaderMap().add(":status", "200"), false);
        requests.last().sendData(buffer("abc"), false);
        requests.last().sendData(buffer(""), true);
        assertThat(output.takeSent())
                .isEqualTo("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n");
    }

    @Test
    void theAuthorityOfAnAbsoluteTargetWins() {
        assertThat(events("GET HTTP://b:80?q HTTP/1.1\r\nHost: a\r\n\r\n"))
                .containsExactly(":method: GET|:path: /?q|:authority: b:80|:scheme: http|true");
    }

    @Test
    void anUpgradeRequestIsFollowedByRawBytes() {
        assertThat(events("GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\nraw"))
                .containsExactly(GET + "connection: Upgrade|upgrade: websocket|false", "data raw false");
    }

    @Test
    void aClosedConnectionResetsItsRequest() {
        Http1ServerConnection connection = connection(Http1Options.SERVER);
        connection.onBytes(buffer("GET / HTTP/1.1\r\nHost: a\r\n\r\n"));
        connection.onClosed("");
        assertThat(requests.events).last().isEqualTo("reset CONNECTION_TERMINATION");
    }
}
