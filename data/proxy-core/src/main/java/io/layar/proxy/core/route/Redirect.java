package io.layar.proxy.core.route;

import io.envoyproxy.envoy.config.route.v3.RedirectAction;
import io.layar.proxy.core.http.HeaderMap;
import io.layar.proxy.core.http.HeaderNames;
import io.layar.proxy.core.match.RegexSubstitution;
import org.jspecify.annotations.Nullable;

/** A redirect: its status and how it makes the new location. Thread: any (immutable). */
public final class Redirect {
    private static final String HTTP = "http";
    private static final String HTTPS = "https";

    private final int status;
    private final String scheme;
    private final String host;
    private final String port;
    private final String path;
    private final @Nullable PathRewrite rewrite;
    private final boolean stripQuery;

    private Redirect(RedirectAction proto, String field) {
        status = switch (proto.getResponseCode()) {
            case MOVED_PERMANENTLY, UNRECOGNIZED -> 301;
            case FOUND -> 302;
            case SEE_OTHER -> 303;
            case TEMPORARY_REDIRECT -> 307;
            case PERMANENT_REDIRECT -> 308;
        };
        scheme = proto.getHttpsRedirect() ? HTTPS : proto.getSchemeRedirect();
        host = proto.getHostRedirect();
        port = proto.getPortRedirect() == 0 ? "" : ":" + proto.getPortRedirect();
        path = proto.getPathRedirect();
        stripQuery = proto.getStripQuery();
        rewrite = switch (proto.getPathRewriteSpecifierCase()) {
            case PREFIX_REWRITE -> new PathRewrite.Prefix(proto.getPrefixRewrite());
            case REGEX_REWRITE ->
                new PathRewrite.ByRegex(RegexSubstitution.compile(proto.getRegexRewrite(), field + ".regex_rewrite"));
            case PATH_REDIRECT, PATHREWRITESPECIFIER_NOT_SET -> null;
        };
    }

    static Redirect compile(RedirectAction proto, String field) {
        return new Redirect(proto, field);
    }

    /** The redirect of {@code require_tls}. */
    static Redirect toHttps() {
        return new Redirect(RedirectAction.newBuilder().setHttpsRedirect(true).build(), "");
    }

    public int status() {
        return status;
    }

    @Nullable
    PathRewrite rewrite() {
        return rewrite;
    }

    /** The location for a request whose path was already rewritten. */
    public String location(HeaderMap headers) {
        String asked = headers.get(HeaderNames.SCHEME);
        String finalScheme = scheme.isEmpty() ? asked == null ? HTTP : asked : scheme;
        String finalHost = host.isEmpty() ? requestHost(headers, finalScheme) : host;
        return finalScheme + "://" + finalHost + port + finalPath(headers);
    }

    private String finalPath(HeaderMap headers) {
        String current = headers.get(HeaderNames.PATH);
        String asked = current == null ? "" : current;
        if (path.indexOf('?') >= 0) {
            return path;
        }
        int query = asked.indexOf('?');
        if (!path.isEmpty()) {
            return query < 0 || stripQuery ? path : path + asked.substring(query);
        }
        return stripQuery && query >= 0 ? asked.substring(0, query) : asked;
    }

    /** The request's host; its port goes when the redirect names another, or when it was the old scheme's own. */
    private String requestHost(HeaderMap headers, String finalScheme) {
        String authority = headers.get(HeaderNames.AUTHORITY);
        if (authority == null || authority.isEmpty()) {
            return "";
        }
        int colon = authority.startsWith("[") ? authority.indexOf("]:") + 1 : authority.lastIndexOf(':');
        if (colon <= 0) {
            return authority;
        }
        String oldPort = authority.substring(colon);
        String oldScheme = headers.get(HeaderNames.X_FORWARDED_PROTO);
        boolean remove = !port.isEmpty();
        if (!finalScheme.equals(oldScheme)) {
            remove |= HTTPS.equals(oldScheme) && oldPort.equals(":443");
            remove |= HTTP.equals(oldScheme) && oldPort.equals(":80");
        }
        return remove ? authority.substring(0, colon) : authority;
    }
}
