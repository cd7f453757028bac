package io.layar.proxy.http;

import io.layar.proxy.core.http.HeaderMap;
import io.layar.proxy.core.http.HeaderNames;
import io.layar.proxy.http.PathRules.EscapedSlashes;

/** Applies {@link PathRules} to a request. Thread: any (pure). */
enum PathAction {
    ACCEPT,
    REJECT,
    REDIRECT;

    static PathAction apply(HeaderMap headers, PathRules rules) {
        int at = headers.indexOf(HeaderNames.PATH);
        if (at < 0) {
            return ACCEPT;
        }
        String original = headers.value(at);
        if (original.indexOf('#') >= 0) {
            return REJECT;
        }
        if (!rules.any()) {
            return ACCEPT;
        }
        String path = original;
        PathAction action = ACCEPT;
        if (rules.escapedSlashes() != EscapedSlashes.KEEP) {
            path = PathRules.unescapeSlashes(original);
            headers.setValue(at, path);
            if (!path.equals(original)) {
                if (rules.escapedSlashes() == EscapedSlashes.REJECT) {
                    return REJECT;
                }
                action = rules.escapedSlashes() == EscapedSlashes.REDIRECT ? REDIRECT : ACCEPT;
            }
        }
        if (rules.normalize()) {
            String normal = PathRules.normalize(path);
            if (normal == null) {
                return REJECT;
            }
            path = normal;
        }
        if (rules.mergeSlashes()) {
            path = PathRules.mergeSlashes(path);
        }
        if (path != original) {
            headers.setValue(at, path);
        }
        return action;
    }
}
