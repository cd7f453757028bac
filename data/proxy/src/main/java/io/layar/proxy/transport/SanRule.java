package io.layar.proxy.transport;

import com.google.re2j.Pattern;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.SubjectAltNameMatcher;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.SubjectAltNameMatcher.SanType;
import io.envoyproxy.envoy.type.matcher.v3.StringMatcher;
import io.layar.proxy.core.config.ConfigRejected;
import java.util.Locale;
import java.util.function.Predicate;

/** A rule for subject alternative names of one type. Shape: types as the X.509 extension numbers them: 1 email, 2 DNS, 6 URI, 7 IP. Thread: any. */
record SanRule(int type, Predicate<String> rule) {
    static SanRule compile(SubjectAltNameMatcher proto, String path) {
        int type = number(proto.getSanType(), path);
        StringMatcher matcher = proto.getMatcher();
        boolean dns = proto.getSanType() == SanType.DNS;
        if (dns && matcher.hasExact()) {
            return exactDns(matcher.getExact());
        }
        return new SanRule(type, text(matcher, path + ".matcher"));
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
            case OTHER_NAME, SAN_TYPE_UNSPECIFIED, UNRECOGNIZED -> throw ConfigRejected.unsupported(path + ".san_type", "SAN type " + type);
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
        return lowerPattern.startsWith("*.") && dot > 0 && lowerName.substring(dot).equals(lowerPattern.substring(1));
    }

    static Predicate<String> text(StringMatcher matcher, String path) {
        boolean fold = matcher.getIgnoreCase();
        return switch (matcher.getMatchPatternCase()) {
            case EXACT -> folding(fold, matcher.getExact(), String::equals);
            case PREFIX -> folding(fold, matcher.getPrefix(), String::startsWith);
            case SUFFIX -> folding(fold, matcher.getSuffix(), String::endsWith);
            case CONTAINS -> folding(fold, matcher.getContains(), String::contains);
            case SAFE_REGEX -> {
                try {
                    Pattern pattern = Pattern.compile(matcher.getSafeRegex().getRegex());
                    yield pattern::matches;
                } catch (com.google.re2j.PatternSyntaxException e) {
                    throw new ConfigRejected(path + ".safe_regex", "invalid regex: " + e.getMessage());
                }
            }
            case CUSTOM, MATCHPATTERN_NOT_SET -> throw ConfigRejected.unsupported(path, "this kind of string matcher");
        };
    }

    private static Predicate<String> folding(boolean fold, String wanted, java.util.function.BiPredicate<String, String> test) {
        if (!fold) {
            return text -> test.test(text, wanted);
        }
        String lower = wanted.toLowerCase(Locale.ROOT);
        return text -> test.test(text.toLowerCase(Locale.ROOT), lower);
    }
}
