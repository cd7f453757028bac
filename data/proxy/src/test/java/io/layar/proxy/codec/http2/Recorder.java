package io.layar.proxy.codec.http2;

import io.layar.proxy.codec.RequestReceiver;
import io.layar.proxy.codec.ResetReason;
import io.layar.proxy.codec.ResponseReceiver;
import io.layar.proxy.core.http.HeaderMap;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Writes down what it receives, as request or as response. */
final class Recorder implements RequestReceiver, ResponseReceiver {
    final List<String> events = new ArrayList<>();
    final StringBuilder body = new StringBuilder();
    HeaderMap headers = new HeaderMap();

    @Override
    public void onHeaders(HeaderMap headers, boolean endStream) {
        this.headers = headers;
        events.add("headers" + (endStream ? " end" : ""));
    }

    @Override
    public void onInformational(HeaderMap headers) {
        events.add("informational " + headers.get(":status"));
    }

    @Override
    public void onBadRequest(int status, String details) {
        events.add("bad " + status);
    }

    @Override
    public void onData(ByteBuf data, boolean endStream) {
        body.append(data.toString(StandardCharsets.ISO_8859_1));
        data.release();
        if (endStream) {
            events.add("data end");
        }
    }

    @Override
    public void onTrailers(HeaderMap trailers) {
        events.add("trailers " + trailers.name(0) + "=" + trailers.value(0));
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
