package io.layar.proxy.codec.http1;

import static org.assertj.core.api.Assertions.assertThat;

import io.layar.proxy.codec.ClientConnectionListener;
import io.layar.proxy.codec.RequestSender;
import io.layar.proxy.codec.ResetReason;
import io.layar.proxy.codec.ResponseReceiver;
import io.layar.proxy.core.http.HeaderMap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class Http1ClientConnectionTest {
    private final RecordedOutput output = new RecordedOutput();
    private final List<String> events = new ArrayList<>();
    private final Http1ClientConnection connection =
            new Http1ClientConnection(output, new Listener(), Http1Options.CLIENT);

    private final class Listener implements ClientConnectionListener {
        @Override
        public void onGoAway() {
            events.add("goaway");
        }

        @Override
        public void onStreamEnd() {
            events.add("end");
        }

        @Override
        public void onProtocolError(String details) {
            events.add("error " + details);
        }

        @Override
        public void onMaxConcurrentStreams(int limit) {
            events.add("streams " + limit);
        }
    }

    private final class Receiver implements ResponseReceiver {
        @Override
        public void onInformational(HeaderMap headers) {
            events.add("info " + headers.get(":status"));
        }

        @Override
        public void onHeaders(HeaderMap headers, boolean endStream) {
            events.add(headers.toString().replace("\n", "|") + endStream);
        }

        @Override
        public void onData(ByteBuf data, boolean endStream) {
            events.add("data " + data.toString(StandardCharsets.ISO_8859_1) + " " + endStream);
            data.release();
        }

        @Override
        public void onTrailers(HeaderMap trailers) {
            events.add("trailers");
        }

        @Override
        public void onReset(ResetReason reason, String details) {
            events.add("reset " + reason);
        }

        @Override
        public void onWritabilityChanged(boolean writable) {
            events.add("writable " + writable);
        }
    }

    private RequestSender send(String method) {
        RequestSender sender = connection.newStream(new Receiver());
        sender.sendHeaders(
                new HeaderMap().add(":method", method).add(":path", "/p").add(":authority", "a"), true);
        return sender;
    }

    private void receive(String bytes) {
        connection.onBytes(Unpooled.copiedBuffer(bytes, StandardCharsets.ISO_8859_1));
    }

    @Test
    void requestsSayWhenTheyHaveNoBodyWhereOneIsUsual() {
        send("GET");
        assertThat(output.takeSent()).isEqualTo("GET /p HTTP/1.1\r\nhost: a\r\n\r\n");
        receive("HTTP/1.1 204 No Content\r\n\r\n");
        send("POST");
        assertThat(output.takeSent()).isEqualTo("POST /p HTTP/1.1\r\nhost: a\r\ncontent-length: 0\r\n\r\n");
    }

    @Test
    void aResponseOfKnownLengthFreesTheConnection() {
        send("GET");
        receive("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nab");
        receive("c");
        assertThat(events)
                .containsExactly(":status: 200|content-length: 3|false", "data ab false", "data c true", "end");
        assertThat(connection.activeStreams()).isZero();
    }

    @Test
    void aResponseWithoutLengthEndsWithTheConnection() {
        send("GET");
        receive("HTTP/1.1 200 OK\r\n\r\nabc");
        connection.onClosed(ResetReason.CONNECTION_TERMINATION, "");
        assertThat(events).containsExactly(":status: 200|false", "data abc false", "data  true", "goaway", "end");
    }

    @Test
    void informationalAnswersComeBeforeTheFinalOne() {
        send("GET");
        receive("HTTP/1.1 103 Early Hints\r\nlink: x\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n");
        assertThat(events).containsExactly("info 103", ":status: 200|content-length: 0|true", "end");
    }

    @Test
    void anAnswerToHeadHasNoBody() {
        send("HEAD");
        receive("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n");
        assertThat(events).containsExactly(":status: 200|content-length: 9|true", "end");
    }

    @Test
    void connectionCloseEndsTheUseOfTheConnection() {
        send("GET");
        receive("HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 0\r\n\r\n");
        assertThat(events).containsExactly(":status: 200|content-length: 0|true", "goaway", "end");
    }

    @Test
    void aCutOffBodyIsAProtocolError() {
        send("GET");
        receive("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nabc");
        connection.onClosed(ResetReason.CONNECTION_TERMINATION, "");
        assertThat(events).last().isEqualTo("end");
        assertThat(events).contains("reset PROTOCOL_ERROR", "goaway");
    }

    @Test
    void aConnectionClosedBeforeTheAnswerIsATermination() {
        send("GET");
        connection.onClosed(ResetReason.CONNECTION_TERMINATION, "");
        assertThat(events).containsExactly("goaway", "reset CONNECTION_TERMINATION", "end");
    }

    @Test
    void garbageIsAProtocolError() {
        send("GET");
        receive("no http at all\r\n\r\n");
        assertThat(events).containsExactly("goaway", "reset PROTOCOL_ERROR", "end");
    }

    @Test
    void bytesThatNobodyAskedForEndTheUseOfTheConnection() {
        receive("HTTP/1.1 200 OK\r\n\r\n");
        assertThat(events).containsExactly("goaway");
    }

    @Test
    void lengthAndChunksTogetherAreAProtocolError() {
        send("GET");
        receive("HTTP/1.1 200 OK\r\ncontent-length: 3\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n");
        assertThat(events).contains("reset PROTOCOL_ERROR");
    }
}
