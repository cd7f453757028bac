package io.layar.proxy.codec.http1;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.layar.proxy.codec.ClientConnectionListener;
import io.layar.proxy.codec.ConnectionOutput;
import io.layar.proxy.codec.RequestReceiver;
import io.layar.proxy.codec.ResetReason;
import io.layar.proxy.codec.ResponseReceiver;
import io.layar.proxy.codec.ResponseSender;
import io.layar.proxy.codec.ServerConnectionListener;
import io.layar.proxy.core.http.HeaderMap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.function.Consumer;

/**
 * Any bytes: messages or one error, never an exception; and where packets end makes no difference to what is understood.
 *
 * <p>Shape of an input: its first byte says how the rest is cut.
 */
class Http1FuzzTest {
    private static final Http1Options SERVER = new Http1Options(
            true, "default", new HeaderLimits(2048, 20), Underscores.ALLOW, true, false, KeyFormat.LOWER_CASE);
    private static final Http1Options CLIENT = new Http1Options(
            false, null, new HeaderLimits(2048, 20), Underscores.ALLOW, true, true, KeyFormat.PRESERVE_CASE_AND_REASON);

    @FuzzTest(maxDuration = "10m")
    @DictionaryEntries({
        "GET / HTTP/1.1\\x0D\\x0A",
        "POST http://a/ HTTP/1.0\\x0D\\x0A",
        "Host: a\\x0D\\x0A",
        "Content-Length: 3\\x0D\\x0A",
        "Transfer-Encoding: chunked\\x0D\\x0A",
        "Connection: upgrade, x\\x0D\\x0A",
        "Upgrade: websocket\\x0D\\x0A",
        "\\x0D\\x0A\\x0D\\x0A",
        "0\\x0D\\x0A\\x0D\\x0A",
        "3;x=y\\x0D\\x0Aabc\\x0D\\x0A",
        "CONNECT a:1 HTTP/1.1\\x0D\\x0A",
        "\\x0D\\x0A\\x09fold"
    })
    void anyBytesToTheServer(byte[] input) {
        String whole = understoodByServer(input, Integer.MAX_VALUE);
        String cut = understoodByServer(input, pieces(input));
        // A broken head is reported when it is seen to be broken, which may be before its end.
        assertThat(shortened(cut, whole)).isEqualTo(shortened(whole, cut));
    }

    @FuzzTest(maxDuration = "10m")
    @DictionaryEntries({
        "HTTP/1.1 200 OK\\x0D\\x0A",
        "HTTP/1.1 100 Continue\\x0D\\x0A\\x0D\\x0A",
        "HTTP/1.1 101 \\x0D\\x0A",
        "HTTP/1.0 304 \\x0D\\x0A",
        "Content-Length: 3\\x0D\\x0A",
        "Transfer-Encoding: chunked\\x0D\\x0A",
        "Connection: close\\x0D\\x0A",
        "\\x0D\\x0A\\x0D\\x0A",
        "0\\x0D\\x0A\\x0D\\x0A",
        "3\\x0D\\x0Aabc\\x0D\\x0A",
        "Trailer: x\\x0D\\x0A"
    })
    void anyBytesToTheClient(byte[] input) {
        String whole = understoodByClient(input, Integer.MAX_VALUE);
        String cut = understoodByClient(input, pieces(input));
        assertThat(shortened(cut, whole)).isEqualTo(shortened(whole, cut));
    }

    private static int pieces(byte[] input) {
        return input.length == 0 ? 1 : 1 + (input[0] & 63);
    }

    private static String shortened(String text, String other) {
        return text.substring(0, Math.min(text.length(), other.length()));
    }

    private static String understoodByServer(byte[] input, int piece) {
        Discarding out = new Discarding();
        Understood events = new Understood();
        Http1ServerConnection server = new Http1ServerConnection(out, events, SERVER);
        feed(input, piece, server::onBytes);
        out.flushNow();
        server.onClosed("end");
        return events.text.toString();
    }

    private static String understoodByClient(byte[] input, int piece) {
        Discarding out = new Discarding();
        Understood events = new Understood();
        Http1ClientConnection client = new Http1ClientConnection(out, events, CLIENT);
        String method = input.length > 1 && input[1] == 'H' ? "HEAD" : "GET";
        client.newStream(events)
                .sendHeaders(
                        new HeaderMap().add(":method", method).add(":path", "/").add(":authority", "a"), true);
        feed(input, piece, client::onBytes);
        out.flushNow();
        client.onClosed(ResetReason.CONNECTION_TERMINATION, "end");
        return events.text.toString();
    }

    private static void feed(byte[] input, int piece, Consumer<ByteBuf> connection) {
        for (int at = Math.min(1, input.length); at < input.length; ) {
            int length = Math.min(piece, input.length - at);
            ByteBuf bytes = Unpooled.copiedBuffer(input, at, length);
            connection.accept(bytes);
            at += length;
        }
    }

    /** Writes down what was said; a whole request is answered at once. */
    private static final class Understood
            implements ServerConnectionListener, ClientConnectionListener, ResponseReceiver {
        private final StringBuilder text = new StringBuilder();
        private boolean inData;

        private void line(String line) {
            text.append(inData ? "\n" : "").append(line).append('\n');
            inData = false;
        }

        private void bytes(ByteBuf data) {
            text.append(data.toString(StandardCharsets.ISO_8859_1));
            inData |= data.isReadable();
            data.release();
        }

        @Override
        public RequestReceiver onNewStream(ResponseSender sender) {
            return new RequestReceiver() {
                @Override
                public void onHeaders(HeaderMap headers, boolean endStream) {
                    line(headers.toString());
                    end(endStream);
                }

                @Override
                public void onBadRequest(int status, String details) {
                    line(status + " " + details);
                    sender.sendHeaders(new HeaderMap().add(":status", Integer.toString(status)), true);
                }

                @Override
                public void onData(ByteBuf data, boolean endStream) {
                    bytes(data);
                    end(endStream);
                }

                @Override
                public void onTrailers(HeaderMap trailers) {
                    line(trailers.toString());
                    end(true);
                }

                private void end(boolean endStream) {
                    if (endStream) {
                        line("end");
                        sender.sendHeaders(new HeaderMap().add(":status", "200"), false);
                        sender.sendData(Unpooled.copiedBuffer("answer", StandardCharsets.ISO_8859_1), true);
                    }
                }

                @Override
                public void onReset(ResetReason reason, String details) {}

                @Override
                public void onWritabilityChanged(boolean writable) {}
            };
        }

        @Override
        public void onInformational(HeaderMap headers) {
            line(headers.toString());
        }

        @Override
        public void onHeaders(HeaderMap headers, boolean endStream) {
            line(headers + (endStream ? "end" : ""));
        }

        @Override
        public void onData(ByteBuf data, boolean endStream) {
            bytes(data);
            if (endStream) {
                line("end");
            }
        }

        @Override
        public void onTrailers(HeaderMap trailers) {
            line(trailers.toString());
        }

        @Override
        public void onReset(ResetReason reason, String details) {}

        @Override
        public void onWritabilityChanged(boolean writable) {}

        @Override
        public void onGoAway() {}

        @Override
        public void onStreamEnd() {}

        @Override
        public void onMaxConcurrentStreams(int limit) {}

        @Override
        public void onProtocolError(String details) {}
    }

    private static final class Discarding implements ConnectionOutput {
        private final ArrayDeque<Runnable> flushes = new ArrayDeque<>();

        @Override
        public ByteBufAllocator alloc() {
            return UnpooledByteBufAllocator.DEFAULT;
        }

        @Override
        public void write(ByteBuf data) {
            data.release();
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

        void flushNow() {
            while (!flushes.isEmpty()) {
                flushes.poll().run();
            }
        }
    }
}
