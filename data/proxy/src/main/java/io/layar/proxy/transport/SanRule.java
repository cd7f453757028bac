package io.layar.proxy.transport;

import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.SubjectAltNameMatcher;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.SubjectAltNameMatcher.SanType;
import io.layar.proxy.core.config.ConfigRejected;
import io.layar.proxy.core.match.StringMatcher;
import java.util.Locale;
import java.util.function.Predicate;

/** A rule for subject alternative names of one type. Shape: types as the X.509 extension numbers them: 1 email, 2 DNS, 6 URI, 7 IP. Thread: any. */
record SanRule(int type, Predicate<String> rule) {
    static SanRule compile(SubjectAltNameMatcher proto, String path) {
        int type = number(proto.getSanType(), path);
        var matcher = proto.getMatcher();
        boolean dns = proto.getSanType() == SanType.DNS;
        if (dns && matcher.hasExact()) {
            return exactDns(matcher.getExact());
        }
        StringMatcher compiled = StringMatcher.compile(matcher, path + ".matcher");
        return new SanRule(type, compiled::matches);
    }

    static SanRule exactDns(String name) {
        return new SanRule(2, san -> dnsMatches(name, san));
    }

    private static int number(SanType type, String path) {
        return switch (type) {
            case EMAIL -> 1;
            case DNS -> 2;
            case URI -> 6;
            case IP_ADDRESS -> 7;
            case OTHER_NAME, SAN_TYPE_UNSPECIFIED, UNRECOGNIZED ->
                throw ConfigRejected.unsupported(path + ".san_type", "SAN type " + type);
        };
    }

    /** A name against a certificate's pattern, whose first label may be a star. */
    static boolean dnsMatches(String name, String pattern) {
        String lowerName = name.toLowerCase(Locale.ROOT);
        String lowerPattern = pattern.toLowerCase(Locale.ROOT);
        if (lowerName.equals(lowerPattern)) {
            return true;
        }
        int dot = lowerName.indexOf('.');
        return lowerPattern.startsWith("*.")
                && dot > 0
                && lowerName.substring(dot).equals(lowerPattern.substring(1));
    }
}
