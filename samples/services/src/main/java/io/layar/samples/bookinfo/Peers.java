package io.layar.samples.bookinfo;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Calls to the other services, with the headers that tie the calls of one request together. */
record Peers(Proxy proxy) {
    private static final int TIMEOUT_MILLIS = 15_000;

    /** Headers that a mesh wants handed on from the request that came in. */
    private static final List<String> HANDED_ON = List.of(
            "x-request-id",
            "end-user",
            "user-agent",
            "traceparent",
            "tracestate",
            "x-b3-traceid",
            "x-b3-spanid",
            "x-b3-parentspanid",
            "x-b3-sampled",
            "x-b3-flags",
            "b3",
            "cookie");

    static Peers from(Map<String, String> env) {
        String given = env.getOrDefault("HTTP_PROXY", "");
        if (given.isEmpty()) {
            return new Peers(Proxy.NO_PROXY);
        }
        URI uri = URI.create(given);
        return new Peers(new Proxy(Proxy.Type.HTTP, new InetSocketAddress(uri.getHost(), uri.getPort())));
    }

    /** What a service said: its status (0: no answer came) and body. */
    record Said(int status, String body) {
        boolean ok() {
            return status == 200;
        }
    }

    Said get(String url, HttpExchange incoming) {
        try {
            var connection = (HttpURLConnection) URI.create(url).toURL().openConnection(proxy);
            connection.setConnectTimeout(TIMEOUT_MILLIS);
            connection.setReadTimeout(TIMEOUT_MILLIS);
            for (String name : HANDED_ON) {
                String value = incoming.getRequestHeaders().getFirst(name);
                if (value != null) {
                    connection.setRequestProperty(name, value);
                }
            }
            int status = connection.getResponseCode();
            try (InputStream body = status >= 400 ? connection.getErrorStream() : connection.getInputStream()) {
                return new Said(status, body == null ? "" : new String(body.readAllBytes(), StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            return new Said(0, String.valueOf(e.getMessage()));
        }
    }
}
