package io.layar.bench.loops;

import io.layar.proxy.codec.ClientConnection;
import io.layar.proxy.codec.ClientConnectionListener;
import io.layar.proxy.codec.ConnectionOutput;
import io.layar.proxy.codec.RequestReceiver;
import io.layar.proxy.codec.ResetReason;
import io.layar.proxy.codec.ResponseReceiver;
import io.layar.proxy.codec.ResponseSender;
import io.layar.proxy.codec.ServerConnection;
import io.layar.proxy.codec.ServerConnectionListener;
import io.layar.proxy.core.http.HeaderMap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import java.util.ArrayDeque;
import java.util.function.BiFunction;

/** A client's and a server's codec with nothing between them: each request is answered with 200 at once. */
final class CodecPair {
    private final Wire toServer = new Wire();
    private final Wire toClient = new Wire();
    private final ClientConnection client;
    private final ServerConnection server;
    private int answers;

    CodecPair(
            BiFunction<ConnectionOutput, ClientConnectionListener, ClientConnection> clientCodec,
            BiFunction<ConnectionOutput, ServerConnectionListener, ServerConnection> serverCodec) {
        client = clientCodec.apply(toServer, new QuietClient());
        server = serverCodec.apply(toClient, new Answering());
    }

    /** One request there and its answer back; the number of answers so far. */
    int exchange() {
        client.newStream(new Counting()).sendHeaders(request(), true);
        toServer.deliver(server::onBytes);
        server.onReadComplete();
        toClient.deliver(client::onBytes);
        client.onReadComplete();
        return answers;
    }

    private static HeaderMap request() {
        return new HeaderMap()
                .add(":method", "GET")
                .add(":path", "/products/7?full=1")
                .add(":authority", "shop.example.com")
                .add(":scheme", "http")
                .add("user-agent", "bench/1.0")
                .add("accept", "*/*")
                .add("x-request-id", "6d4cf56d-b6aa-4c3b-9f0e-1d2c3b4a5968");
    }

    private static HeaderMap answer() {
        return new HeaderMap()
                .add(":status", "200")
                .add("content-type", "text/plain")
                .add("content-length", "0")
                .add("server", "bench");
    }

    private static final class Wire implements ConnectionOutput {
        private final ArrayDeque<ByteBuf> written = new ArrayDeque<>();
        private final ArrayDeque<Runnable> flushes = new ArrayDeque<>();

        void deliver(java.util.function.Consumer<ByteBuf> to) {
            for (Runnable flush = flushes.poll(); flush != null; flush = flushes.poll()) {
                flush.run();
            }
            for (ByteBuf data = written.poll(); data != null; data = written.poll()) {
                to.accept(data);
            }
        }

        @Override
        public ByteBufAllocator alloc() {
            return PooledByteBufAllocator.DEFAULT;
        }

        @Override
        public void write(ByteBuf data) {
            written.add(data);
        }

        @Override
        public void flush() {}

        @Override
        public void flushLater(Runnable flush) {
            flushes.add(flush);
        }

        @Override
        public void setReading(boolean on) {}

        @Override
        public boolean isWritable() {
            return true;
        }
    }

    private static final class Answering implements ServerConnectionListener {
        @Override
        public RequestReceiver onNewStream(ResponseSender sender) {
            return new Answerer(sender);
        }

        @Override
        public void onGoAway() {}

        @Override
        public void onProtocolError(String details) {
            throw new IllegalStateException(details);
        }
    }

    private record Answerer(ResponseSender sender) implements RequestReceiver {
        @Override
        public void onHeaders(HeaderMap headers, boolean endStream) {
            sender.sendHeaders(answer(), true);
        }

        @Override
        public void onBadRequest(int status, String details) {
            throw new IllegalStateException(details);
        }

        @Override
        public void onData(ByteBuf data, boolean endStream) {
            data.release();
        }

        @Override
        public void onTrailers(HeaderMap trailers) {}

        @Override
        public void onReset(ResetReason reason, String details) {
            throw new IllegalStateException(details);
        }

        @Override
        public void onWritabilityChanged(boolean writable) {}
    }

    private final class Counting implements ResponseReceiver {
        @Override
        public void onInformational(HeaderMap headers) {}

        @Override
        public void onHeaders(HeaderMap headers, boolean endStream) {
            answers++;
        }

        @Override
        public void onData(ByteBuf data, boolean endStream) {
            data.release();
        }

        @Override
        public void onTrailers(HeaderMap trailers) {}

        @Override
        public void onReset(ResetReason reason, String details) {
            throw new IllegalStateException(details);
        }

        @Override
        public void onWritabilityChanged(boolean writable) {}
    }

    private static final class QuietClient implements ClientConnectionListener {
        @Override
        public void onGoAway() {}

        @Override
        public void onStreamEnd() {}

        @Override
        public void onMaxConcurrentStreams(int limit) {}

        @Override
        public void onProtocolError(String details) {
            throw new IllegalStateException(details);
        }
    }
}
