package io.layar.config.validate;

import com.google.common.collect.ImmutableSet;
import com.google.re2j.Pattern;
import io.layar.config.Validation;
import io.layar.config.decode.FieldPath;
import io.layar.config.networking.Headers;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rules of header names and values. */
final class HeaderRules {
    private static final Pattern NAME = Pattern.compile("[!#$%&'*+\\-.^_`|~A-Za-z0-9]+");
    private static final Pattern VALUE = Pattern.compile("[^\\x00-\\x08\\x0a-\\x1f\\x7f]*");
    private static final String CLAIMS = "@request.auth.claims";
    private static final ImmutableSet<String> PSEUDO =
            ImmutableSet.of(":method", ":scheme", ":authority", ":path", ":status");

    private HeaderRules() {}

    /** Whether a match is on a claim of a token: {@code @request.auth.claims.a} or {@code @request.auth.claims[a][b]}. */
    static boolean isClaim(String name) {
        if (!name.toLowerCase(Locale.ROOT).startsWith(CLAIMS)) {
            return false;
        }
        var claim = name.substring(CLAIMS.length());
        return claim.length() > 1
                && (claim.startsWith(".") || (claim.startsWith("[") && claim.endsWith("]") && claim.length() > 2));
    }

    /** What keeps a name from being matched on. */
    static @Nullable String matchProblem(String name) {
        if (name.isEmpty()) {
            return "header name cannot be empty";
        }
        return isClaim(name) || PSEUDO.contains(name) || NAME.matches(name)
                ? null
                : "header name %s is not a valid header name".formatted(name);
    }

    static @Nullable String corsProblem(String name) {
        if (name.isEmpty()) {
            return "header name cannot be empty";
        }
        return name.equals("*") || NAME.matches(name)
                ? null
                : "header name %s is not a valid header name".formatted(name);
    }

    static void operations(Validation v, FieldPath path, @Nullable Headers headers) {
        if (headers == null) {
            return;
        }
        var request = headers.request();
        if (request != null) {
            var at = path.field("request");
            values(v, at.field("add"), request.add(), true);
            values(v, at.field("set"), request.set(), true);
            request.remove().forEach(name -> v.require(at.field("remove"), nameProblem(name, false)));
        }
        var response = headers.response();
        if (response != null) {
            var at = path.field("response");
            values(v, at.field("add"), response.add(), false);
            values(v, at.field("set"), response.set(), false);
            response.remove().forEach(name -> v.require(at.field("remove"), nameProblem(name, false)));
        }
    }

    private static void values(Validation v, FieldPath path, Map<String, String> headers, boolean mayBeAuthority) {
        headers.forEach((name, value) -> {
            v.require(path.key(name), nameProblem(name, mayBeAuthority));
            v.require(path.key(name), valueProblem(value));
        });
    }

    static boolean isAuthority(String name) {
        return name.equalsIgnoreCase(":authority") || name.equalsIgnoreCase("host");
    }

    private static @Nullable String nameProblem(String name, boolean mayBeAuthority) {
        if (name.isEmpty()) {
            return "header name cannot be empty";
        }
        if (mayBeAuthority && isAuthority(name)) {
            return null;
        }
        if (name.equalsIgnoreCase("host")) {
            return "invalid header \"%s\": cannot set Host header".formatted(name);
        }
        return name.startsWith(":") ? "invalid header \"%s\": header cannot have \":\" prefix".formatted(name) : null;
    }

    static @Nullable String valueProblem(String value) {
        if (!VALUE.matches(value)) {
            return "header value configuration %s is invalid".formatted(value);
        }
        var problem = HeaderFormat.problem(value);
        return problem == null ? null : "header value configuration: invalid header configuration. " + problem;
    }
}
