package io.layar.proxy.codec.http2;

import io.layar.proxy.core.http.HeaderMap;
import io.layar.proxy.core.http.HeaderNames;

/**
 * The two forms of an upgrade: {@code upgrade} headers in HTTP/1, extended CONNECT in HTTP/2. Everything behind the codecs sees the
 * form of HTTP/1. Source: RFC 8441; Envoy's codec does the same.
 */
final class UpgradeForms {
    private UpgradeForms() {}

    static boolean isExtendedConnect(HeaderMap request) {
        return request.contains(HeaderNames.PROTOCOL) && "CONNECT".equals(request.get(HeaderNames.METHOD));
    }

    static boolean isUpgrade(HeaderMap request) {
        String connection = request.get(HeaderNames.CONNECTION);
        return connection != null
                && request.contains(HeaderNames.UPGRADE)
                && connection.toLowerCase(java.util.Locale.ROOT).contains("upgrade");
    }

    static void requestToHttp1(HeaderMap request) {
        String protocol = String.valueOf(request.get(HeaderNames.PROTOCOL));
        request.set(HeaderNames.METHOD, "GET");
        request.remove(HeaderNames.PROTOCOL);
        request.add(HeaderNames.UPGRADE, protocol).add(HeaderNames.CONNECTION, "upgrade");
    }

    static HeaderMap requestToHttp2(HeaderMap request) {
        HeaderMap out = request.copy();
        out.set(HeaderNames.METHOD, "CONNECT");
        out.insert(0, HeaderNames.PROTOCOL, String.valueOf(request.get(HeaderNames.UPGRADE)));
        out.remove(HeaderNames.CONTENT_LENGTH);
        return out;
    }

    static void responseToHttp1(HeaderMap response, String protocol) {
        if ("200".equals(response.get(HeaderNames.STATUS))) {
            response.set(HeaderNames.STATUS, "101");
            response.add(HeaderNames.UPGRADE, protocol).add(HeaderNames.CONNECTION, "upgrade");
        }
    }

    static HeaderMap responseToHttp2(HeaderMap response) {
        HeaderMap out = response.copy();
        out.set(HeaderNames.STATUS, "200");
        out.remove(HeaderNames.CONTENT_LENGTH);
        return out;
    }
}
