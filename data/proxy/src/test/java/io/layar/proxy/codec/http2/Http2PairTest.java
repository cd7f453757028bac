package io.layar.proxy.codec.http2;

import static org.assertj.core.api.Assertions.assertThat;

import io.layar.proxy.codec.ClientConnectionListener;
import io.layar.proxy.codec.RequestReceiver;
import io.layar.proxy.codec.RequestSender;
import io.layar.proxy.codec.ResetReason;
import io.layar.proxy.codec.ResponseSender;
import io.layar.proxy.codec.ServerConnectionListener;
import io.layar.proxy.core.http.HeaderMap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Our client and our server, joined by hand. */
class Http2PairTest {
    private final Wire clientOut = new Wire();
    private final Wire serverOut = new Wire();
    private final List<String> serverEvents = new ArrayList<>();
    private final List<String> clientEvents = new ArrayList<>();
    private final List<Recorder> requests = new ArrayList<>();
    private final List<ResponseSender> answers = new ArrayList<>();

    private final Http2ServerConnection server = new Http2ServerConnection(
            serverOut,
            new ServerConnectionListener() {
                @Override
                public RequestReceiver onNewStream(ResponseSender sender) {
                    Recorder recorder = new Recorder();
                    requests.add(recorder);
                    answers.add(sender);
                    return recorder;
                }

                @Override
                public void onGoAway() {
                    serverEvents.add("goaway");
                }

                @Override
                public void onProtocolError(String details) {
                    serverEvents.add("error " + details);
                }
            },
            options(true));

    private final Http2ClientConnection client = new Http2ClientConnection(
            clientOut,
            new ClientConnectionListener() {
                @Override
                public void onGoAway() {
                    clientEvents.add("goaway");
                }

                @Override
                public void onStreamEnd() {
                    clientEvents.add("stream end");
                }

                @Override
                public void onMaxConcurrentStreams(int limit) {
                    clientEvents.add("max " + limit);
                }

                @Override
                public void onProtocolError(String details) {
                    clientEvents.add("error " + details);
                }
            },
            options(false));

    private static Http2Options options(boolean allowConnect) {
        Http2Options d = Http2Options.DEFAULT;
        return new Http2Options(
                100_000,
                200_000,
                10,
                d.headerTableSize(),
                d.maxHeaderBytes(),
                d.maxHeaderCount(),
                50_000,
                allowConnect,
                d.streamErrorOnInvalidMessage(),
                d.maxControlFrames(),
                d.maxEmptyFrames(),
                d.maxPriorityFramesPerStream(),
                d.maxWindowUpdatesPerDataFrame());
    }

    private void exchange() {
        for (int round = 0; round < 50; round++) {
            ByteBuf up = clientOut.take();
            ByteBuf down = serverOut.take();
            boolean quiet = !up.isReadable() && !down.isReadable();
            // In small pieces, so that every frame is cut somewhere.
            while (up.isReadable()) {
                server.onBytes(up.readRetainedSlice(Math.min(up.readableBytes(), 1000)));
            }
            while (down.isReadable()) {
                client.onBytes(down.readRetainedSlice(Math.min(down.readableBytes(), 777)));
            }
            up.release();
            down.release();
            if (quiet) {
                return;
            }
        }
    }

    private static HeaderMap request(String method) {
        return new HeaderMap()
                .add(":method", method)
                .add(":path", "/a")
                .add(":authority", "b")
                .add(":scheme", "http");
    }

    private static ByteBuf bytes(int length) {
        return Unpooled.copiedBuffer("x".repeat(length), StandardCharsets.ISO_8859_1);
    }

    @Test
    void aRequestAndItsAnswerPassWithBodiesAndTrailers() {
        Recorder answer = new Recorder();
        RequestSender sender = client.newStream(answer);
        sender.sendHeaders(request("POST").add("x-a", "1"), false);
        sender.sendData(bytes(3), false);
        sender.sendTrailers(new HeaderMap().add("t", "v"));
        exchange();
        assertThat(requests.getFirst().events).containsExactly("headers", "trailers t=v");
        assertThat(requests.getFirst().headers.get("x-a")).isEqualTo("1");
        assertThat(requests.getFirst().body).hasToString("xxx");
        answers.getFirst().sendInformational(new HeaderMap().add(":status", "103"));
        answers.getFirst().sendHeaders(new HeaderMap().add(":status", "200"), false);
        answers.getFirst().sendData(bytes(5), true);
        exchange();
        assertThat(answer.events).containsExactly("informational 103", "headers", "data end");
        assertThat(answer.body).hasToString("xxxxx");
        assertThat(clientEvents).contains("max 10", "stream end");
        assertThat(client.activeStreams()).isZero();
    }

    @Test
    void aBodyLargerThanTheWindowsArrivesWhole() {
        Recorder answer = new Recorder();
        RequestSender sender = client.newStream(answer);
        sender.sendHeaders(request("POST"), false);
        sender.sendData(bytes(900_000), true);
        assertThat(sender.isWritable()).isFalse();
        exchange();
        assertThat(requests.getFirst().body.length()).isEqualTo(900_000);
        assertThat(requests.getFirst().events).containsExactly("headers", "data end");
        assertThat(answer.events).containsExactly("writable false", "writable true");
    }

    @Test
    void aPausedStreamGetsNoMoreThanItsWindow() {
        RequestSender sender = client.newStream(new Recorder());
        sender.sendHeaders(request("POST"), false);
        exchange();
        answers.getFirst().pauseReading(true);
        sender.sendData(bytes(500_000), true);
        exchange();
        assertThat(requests.getFirst().body.length()).isEqualTo(100_000);
        answers.getFirst().pauseReading(false);
        exchange();
        assertThat(requests.getFirst().body.length()).isEqualTo(500_000);
    }

    @Test
    void aResetReachesTheOtherSide() {
        Recorder answer = new Recorder();
        RequestSender sender = client.newStream(answer);
        sender.sendHeaders(request("GET"), true);
        exchange();
        sender.reset(ResetReason.LOCAL_RESET);
        exchange();
        assertThat(requests.getFirst().events).containsExactly("headers end", "reset REMOTE_RESET");
        assertThat(answer.events).isEmpty();
    }

    @Test
    void aWebSocketUpgradeTravelsAsExtendedConnect() {
        Recorder answer = new Recorder();
        RequestSender sender = client.newStream(answer);
        sender.sendHeaders(request("GET").add("upgrade", "websocket").add("connection", "Upgrade"), false);
        exchange();
        HeaderMap seen = requests.getFirst().headers;
        assertThat(seen.get(":method")).isEqualTo("GET");
        assertThat(seen.get("upgrade")).isEqualTo("websocket");
        answers.getFirst()
                .sendHeaders(
                        new HeaderMap()
                                .add(":status", "101")
                                .add("upgrade", "websocket")
                                .add("connection", "upgrade"),
                        false);
        exchange();
        assertThat(answer.headers.get(":status")).isEqualTo("101");
        assertThat(answer.headers.get("upgrade")).isEqualTo("websocket");
    }

    @Test
    void streamsBehindAGoAwayAreRefusedAndEarlierOnesGoOn() {
        Recorder first = new Recorder();
        client.newStream(first).sendHeaders(request("GET"), true);
        exchange();
        server.goAway();
        Recorder second = new Recorder();
        client.newStream(second).sendHeaders(request("GET"), true);
        exchange();
        answers.getFirst().sendHeaders(new HeaderMap().add(":status", "200"), true);
        exchange();
        assertThat(clientEvents).contains("goaway");
        assertThat(first.events).containsExactly("headers end");
        assertThat(second.events).containsExactly("reset REMOTE_REFUSED_STREAM_RESET");
    }

    @Test
    void moreStreamsThanAllowedAreRefused() {
        List<Recorder> all = new ArrayList<>();
        for (int i = 0; i < 11; i++) {
            Recorder recorder = new Recorder();
            all.add(recorder);
            client.newStream(recorder).sendHeaders(request("GET"), true);
        }
        exchange();
        assertThat(requests).hasSize(10);
        assertThat(all.getLast().events).containsExactly("reset REMOTE_REFUSED_STREAM_RESET");
    }

    @Test
    void rapidResetsEndTheConnection() {
        for (int i = 0; i < 600; i++) {
            RequestSender sender = client.newStream(new Recorder());
            sender.sendHeaders(request("GET"), true);
            sender.reset(ResetReason.LOCAL_RESET);
            exchange();
        }
        assertThat(serverEvents).containsExactly("error too many streams reset");
    }

    @Test
    void theEndOfAConnectionResetsItsStreams() {
        Recorder answer = new Recorder();
        client.newStream(answer).sendHeaders(request("GET"), true);
        client.onClosed(ResetReason.REMOTE_CONNECTION_FAILURE, "gone");
        assertThat(answer.events).containsExactly("reset REMOTE_CONNECTION_FAILURE");
    }
}
