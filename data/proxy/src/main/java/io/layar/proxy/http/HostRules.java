package io.layar.proxy.http;

import io.layar.proxy.core.http.HeaderMap;
import io.layar.proxy.core.http.HeaderNames;

/** Tidies the authority of a request. Thread: any (pure). */
final class HostRules {
    private HostRules() {}

    /** {@code localPort}: of our end of the connection. */
    static void apply(HeaderMap headers, HcmConfig.Hosts rules, int localPort) {
        int at = headers.indexOf(HeaderNames.AUTHORITY);
        if (at < 0) {
            return;
        }
        String host = headers.value(at);
        if (rules.stripTrailingDot()) {
            host = stripTrailingDot(host);
        }
        int colon = portColon(host);
        boolean strip = rules.stripAnyPort()
                || rules.stripMatchingPort()
                        && colon >= 0
                        && host.substring(colon + 1).equals(String.valueOf(localPort));
        if (colon >= 0 && strip) {
            boolean connect = "CONNECT".equals(headers.get(HeaderNames.METHOD));
            host = connect ? host : host.substring(0, colon);
        }
        headers.setValue(at, host);
    }

    private static String stripTrailingDot(String host) {
        int colon = portColon(host);
        int end = colon < 0 ? host.length() : colon;
        return end > 0 && host.charAt(end - 1) == '.' ? host.substring(0, end - 1) + host.substring(end) : host;
    }

    /** Index of the colon before the port, or -1 when the host has none. */
    private static int portColon(String host) {
        int colon = host.lastIndexOf(':');
        if (colon < 0 || colon + 1 == host.length() || host.lastIndexOf(']') > colon) {
            return -1;
        }
        if (host.charAt(0) != '[' && host.indexOf(':') != colon) {
            return -1;
        }
        for (int i = colon + 1; i < host.length(); i++) {
            if (host.charAt(i) < '0' || host.charAt(i) > '9') {
                return -1;
            }
        }
        return colon;
    }
}
