package io.layar.proxy.http;

import io.layar.proxy.core.http.HeaderMap;
import io.layar.proxy.core.http.HeaderNames;
import io.layar.proxy.core.stream.Address;
import io.layar.proxy.core.stream.ConnectionInfo;
import io.layar.proxy.core.stream.StreamInfo;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes a request trustworthy before filters see it: whose it is, whether it comes from inside, and which headers it may carry.
 *
 * <p>Source: the order in which Envoy's connection manager does it. Thread: any (pure).
 */
final class RequestMutation {
    /** Headers that only requests from inside may carry. */
    private static final String[] INTERNAL = {
        HeaderNames.X_ENVOY_RETRIABLE_STATUS_CODES,
        HeaderNames.X_ENVOY_RETRIABLE_HEADER_NAMES,
        HeaderNames.X_ENVOY_RETRY_ON,
        HeaderNames.X_ENVOY_RETRY_GRPC_ON,
        HeaderNames.X_ENVOY_MAX_RETRIES,
        HeaderNames.X_ENVOY_UPSTREAM_ALT_STAT_NAME,
        HeaderNames.X_ENVOY_UPSTREAM_RQ_TIMEOUT_MS,
        HeaderNames.X_ENVOY_UPSTREAM_RQ_PER_TRY_TIMEOUT_MS,
        HeaderNames.X_ENVOY_UPSTREAM_RQ_TIMEOUT_ALT_RESPONSE,
        HeaderNames.X_ENVOY_EXPECTED_RQ_TIMEOUT_MS,
        HeaderNames.X_ENVOY_FORCE_TRACE,
        HeaderNames.X_ENVOY_IP_TAGS,
        HeaderNames.X_ENVOY_HEDGE_ON_PER_TRY_TIMEOUT,
        "x-envoy-original-url"
    };

    private static final String[] EDGE = {
        HeaderNames.X_ENVOY_DECORATOR_OPERATION,
        HeaderNames.X_ENVOY_DOWNSTREAM_SERVICE_CLUSTER,
        HeaderNames.X_ENVOY_DOWNSTREAM_SERVICE_NODE,
        HeaderNames.X_ENVOY_ORIGINAL_PATH,
        HeaderNames.X_ENVOY_ORIGINAL_HOST
    };

    private RequestMutation() {}

    /** {@code internalOnly}: further headers that only requests from inside may carry, of the route table. */
    static void apply(
            HeaderMap headers, StreamInfo info, HcmConfig config, WorkerState worker, List<String> internalOnly) {
        HcmConfig.Headers rules = config.headers();
        HcmConfig.RemoteAddress remote = rules.remote();
        ConnectionInfo connection = info.connection();
        sanitizeTe(headers);
        headers.remove(HeaderNames.X_ENVOY_INTERNAL);
        boolean tls = connection.tls() != null;
        String xff = headers.get(HeaderNames.X_FORWARDED_FOR);
        InetAddress client = remote.use() ? appendPeer(headers, connection, remote, tls) : fromXff(xff, remote);
        // Only an address that no stranger can have made up counts as internal.
        boolean trusted = remote.use()
                ? xff == null
                : xff != null && client != null && remote.trustedHops() == 0 && XForwardedFor.single(xff);
        if (client != null) {
            info.remote(Address.of(client, 0));
        }
        setForwardedProto(headers, tls);
        InetAddress effective = client != null ? client : connection.remote().inet();
        boolean internal = trusted && remote.internal().contains(effective);
        boolean edge = !internal && remote.use();
        info.internal(internal);
        if (internal) {
            headers.set(HeaderNames.X_ENVOY_INTERNAL, "true");
        } else {
            removeUntrusted(headers, edge, internalOnly);
        }
        if (rules.addUserAgent() != null) {
            addUserAgent(headers, rules.addUserAgent(), config);
        }
        if (!rules.via().isEmpty()) {
            append(headers, HeaderNames.VIA, rules.via());
        }
        if (edge && effective != null) {
            headers.set(
                    HeaderNames.X_ENVOY_EXTERNAL_ADDRESS, (client != null ? info.remote() : connection.remote()).ip());
        }
        setRequestId(headers, info, rules.requestIds(), edge, worker);
        rules.clientCert().apply(headers, connection.tls());
        setScheme(headers, rules.scheme(), tls);
    }

    /** Appends the peer to x-forwarded-for; returns the client when hops in front of us are trusted to name it. */
    private static @Nullable InetAddress appendPeer(
            HeaderMap headers, ConnectionInfo connection, HcmConfig.RemoteAddress rules, boolean tls) {
        InetAddress client = rules.trustedHops() > 0
                ? XForwardedFor.fromEnd(headers.get(HeaderNames.X_FORWARDED_FOR), rules.trustedHops() - 1)
                : null;
        if (!rules.skipXffAppend()) {
            InetAddress peer = connection.remote().inet();
            if (peer != null) {
                XForwardedFor.append(
                        headers,
                        peer.isLoopbackAddress()
                                ? rules.localIp()
                                : connection.remote().ip());
            }
        }
        if (rules.trustedHops() == 0 || !headers.contains(HeaderNames.X_FORWARDED_PROTO)) {
            headers.set(HeaderNames.X_FORWARDED_PROTO, tls ? "https" : "http");
        }
        if (rules.appendPort() && (rules.trustedHops() == 0 || !headers.contains(HeaderNames.X_FORWARDED_PORT))) {
            headers.set(
                    HeaderNames.X_FORWARDED_PORT,
                    String.valueOf(connection.local().port()));
        }
        return client;
    }

    private static @Nullable InetAddress fromXff(@Nullable String list, HcmConfig.RemoteAddress rules) {
        return list == null ? null : XForwardedFor.fromEnd(list, rules.trustedHops());
    }

    private static void setForwardedProto(HeaderMap headers, boolean tls) {
        if (!headers.contains(HeaderNames.X_FORWARDED_PROTO)) {
            headers.add(HeaderNames.X_FORWARDED_PROTO, tls ? "https" : "http");
        }
    }

    /** TE is hop by hop but for its announcement of trailers. */
    private static void sanitizeTe(HeaderMap headers) {
        String te = headers.get(HeaderNames.TE);
        if (te == null || te.equals("trailers")) {
            return;
        }
        boolean trailers = false;
        for (String token : te.split(",", -1)) {
            int parameters = token.indexOf(';');
            String word = (parameters < 0 ? token : token.substring(0, parameters)).strip();
            trailers |= word.equalsIgnoreCase("trailers");
        }
        if (trailers) {
            headers.set(HeaderNames.TE, "trailers");
        } else {
            headers.remove(HeaderNames.TE);
        }
    }

    private static void removeUntrusted(HeaderMap headers, boolean edge, List<String> internalOnly) {
        if (edge) {
            for (String name : EDGE) {
                headers.remove(name);
            }
        }
        for (String name : INTERNAL) {
            headers.remove(name);
        }
        for (int i = 0; i < internalOnly.size(); i++) {
            headers.remove(internalOnly.get(i));
        }
    }

    private static void addUserAgent(HeaderMap headers, String name, HcmConfig config) {
        headers.set(HeaderNames.X_ENVOY_DOWNSTREAM_SERVICE_CLUSTER, name);
        String agent = headers.get(HeaderNames.USER_AGENT);
        if (agent == null || agent.isEmpty()) {
            headers.set(HeaderNames.USER_AGENT, name);
        }
        String node = config.context().services().node().id();
        if (!node.isEmpty()) {
            headers.set(HeaderNames.X_ENVOY_DOWNSTREAM_SERVICE_NODE, node);
        }
    }

    static void append(HeaderMap headers, String name, String value) {
        int at = headers.indexOf(name);
        if (at < 0) {
            headers.add(name, value);
        } else {
            headers.setValue(at, headers.value(at) + ", " + value);
        }
    }

    private static void setRequestId(
            HeaderMap headers, StreamInfo info, HcmConfig.RequestIdRules rules, boolean edge, WorkerState worker) {
        int at = headers.indexOf(HeaderNames.X_REQUEST_ID);
        String given = at < 0 ? null : headers.value(at);
        if (rules.generate() && (given == null || given.isEmpty() || edge && !rules.preserveExternal())) {
            String made = worker.ids().uuid();
            headers.set(HeaderNames.X_REQUEST_ID, made);
            given = made;
        }
        info.requestId(given);
    }

    /** The scheme of an HTTP/1 request is what x-forwarded-proto says, where that is a scheme. */
    private static void setScheme(HeaderMap headers, @Nullable String overwrite, boolean tls) {
        if (overwrite != null) {
            headers.set(HeaderNames.SCHEME, overwrite);
            return;
        }
        if (!headers.contains(HeaderNames.SCHEME)) {
            String proto = headers.get(HeaderNames.X_FORWARDED_PROTO);
            if (proto != null && (proto.equalsIgnoreCase("http") || proto.equalsIgnoreCase("https"))) {
                headers.add(HeaderNames.SCHEME, proto);
            } else {
                headers.add(HeaderNames.SCHEME, tls ? "https" : "http");
            }
        }
    }
}
