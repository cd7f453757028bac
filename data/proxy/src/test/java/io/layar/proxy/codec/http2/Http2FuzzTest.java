package io.layar.proxy.codec.http2;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.layar.proxy.codec.ClientConnectionListener;
import io.layar.proxy.codec.RequestReceiver;
import io.layar.proxy.codec.ResetReason;
import io.layar.proxy.codec.ResponseSender;
import io.layar.proxy.codec.ServerConnectionListener;
import io.layar.proxy.core.http.HeaderMap;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;

/** Any bytes, cut anywhere: the codec ends streams or the connection, and never throws. */
class Http2FuzzTest {
    private static final byte[] PREFACE =
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1);

    @FuzzTest(maxDuration = "10m")
    void anyBytesToTheServer(FuzzedDataProvider data) {
        Wire out = new Wire();
        Http2ServerConnection server = new Http2ServerConnection(out, new Answering(), Http2Options.DEFAULT);
        server.onBytes(Unpooled.wrappedBuffer(PREFACE));
        feed(data, server::onBytes);
        out.take().release();
        server.onClosed("end");
    }

    @FuzzTest(maxDuration = "10m")
    void anyBytesToTheClient(FuzzedDataProvider data) {
        Wire out = new Wire();
        Http2ClientConnection client = new Http2ClientConnection(out, new Quiet(), Http2Options.DEFAULT);
        client.onBytes(Unpooled.wrappedBuffer(PREFACE, 24, 9));
        for (int i = 0; i < 3; i++) {
            client.newStream(new Recorder())
                    .sendHeaders(
                            new HeaderMap()
                                    .add(":method", "GET")
                                    .add(":path", "/")
                                    .add(":scheme", "http"),
                            i > 0);
        }
        feed(data, client::onBytes);
        out.take().release();
        client.onClosed(ResetReason.CONNECTION_TERMINATION, "end");
    }

    private static void feed(FuzzedDataProvider data, java.util.function.Consumer<io.netty.buffer.ByteBuf> connection) {
        while (data.remainingBytes() > 0) {
            connection.accept(Unpooled.wrappedBuffer(data.consumeBytes(1 + data.consumeInt(0, 40))));
        }
    }

    /** Answers every request at once, so that streams get to their end. */
    private static final class Answering implements ServerConnectionListener {
        @Override
        public RequestReceiver onNewStream(ResponseSender sender) {
            sender.sendHeaders(new HeaderMap().add(":status", "200"), false);
            sender.sendData(Unpooled.copiedBuffer("answer", StandardCharsets.ISO_8859_1), true);
            return new Recorder();
        }

        @Override
        public void onGoAway() {}

        @Override
        public void onProtocolError(String details) {}
    }

    private static final class Quiet implements ClientConnectionListener {
        @Override
        public void onGoAway() {}

        @Override
        public void onStreamEnd() {}

        @Override
        public void onMaxConcurrentStreams(int limit) {}

        @Override
        public void onProtocolError(String details) {}
    }
}
