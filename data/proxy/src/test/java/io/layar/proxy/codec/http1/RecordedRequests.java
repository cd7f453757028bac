package io.layar.proxy.codec.http1;

import io.layar.proxy.codec.RequestReceiver;
import io.layar.proxy.codec.ResetReason;
import io.layar.proxy.codec.ResponseSender;
import io.layar.proxy.codec.ServerConnectionListener;
import io.layar.proxy.core.http.HeaderMap;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Remembers requests; answers each whole one with 200 and no body where it is told to. */
final class RecordedRequests implements ServerConnectionListener {
    final List<String> events = new ArrayList<>();
    private @Nullable ResponseSender last;
    boolean answer;

    /** The newest request's answer. */
    ResponseSender last() {
        return Objects.requireNonNull(last, "no request yet");
    }

    @Override
    public RequestReceiver onNewStream(ResponseSender sender) {
        last = sender;
        return new Receiver(sender);
    }

    @Override
    public void onRequestBegun() {
        events.add("begun");
    }

    @Override
    public void onGoAway() {
        events.add("goaway");
    }

    @Override
    public void onProtocolError(String details) {
        events.add("error " + details);
    }

    private void onEnd(ResponseSender sender) {
        if (answer) {
            sender.sendHeaders(new HeaderMap().add(":status", "200"), true);
        }
    }

    private final class Receiver implements RequestReceiver {
        private final ResponseSender sender;

        Receiver(ResponseSender sender) {
            this.sender = sender;
        }

        @Override
        public void onHeaders(HeaderMap headers, boolean endStream) {
            events.add(headers.toString().replace("\n", "|") + endStream);
            if (endStream) {
                onEnd(sender);
            }
        }

        @Override
        public void onBadRequest(int status, String details) {
            events.add(status + " " + details);
        }

        @Override
        public void onData(ByteBuf data, boolean endStream) {
            events.add("data " + data.toString(StandardCharsets.ISO_8859_1) + " " + endStream);
            data.release();
            if (endStream) {
                onEnd(sender);
            }
        }

        @Override
        public void onTrailers(HeaderMap trailers) {
            events.add("trailers " + trailers.toString().replace("\n", "|"));
            onEnd(sender);
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
}
