package io.layar.config.validate;

import io.layar.config.Validation;
import io.layar.config.decode.FieldPath;
import io.layar.config.names.DnsNames;
import io.layar.config.networking.HTTPMatchRequest;
import io.layar.config.networking.StringMatch;
import org.jspecify.annotations.Nullable;

/** Rules of the conditions of an HTTP route. */
final class HttpMatchRules {
    private HttpMatchRules() {}

    static void check(Validation v, FieldPath path, HTTPMatchRequest match) {
        match.headers().forEach((name, value) -> {
            v.require(path.field("headers").key(name), HeaderRules.matchProblem(name));
            string(v, path.field("headers").key(name), "headers", value);
        });
        match.withoutHeaders().forEach((name, value) -> {
            v.require(path.field("withoutHeaders").key(name), HeaderRules.matchProblem(name));
            if (!"*".equals(value.regex())) {
                string(v, path.field("withoutHeaders").key(name), "withoutHeaders", value);
            }
        });
        if (match.uri() != null) {
            regex(v, path.field("uri"), "uri", match.uri());
        }
        string(v, path.field("scheme"), "scheme", match.scheme());
        string(v, path.field("method"), "method", match.method());
        string(v, path.field("authority"), "authority", match.authority());
        match.queryParams()
                .forEach((name, value) -> string(v, path.field("queryParams").key(name), "queryParams", value));
        if (match.port() != 0) {
            SharedRules.port(v, path.field("port"), match.port());
        }
        SharedRules.labels(v, path.field("sourceLabels"), match.sourceLabels());
        SharedRules.gatewayNames(v, path.field("gateways"), match.gateways());
        if (!match.sourceNamespace().isEmpty() && !DnsNames.isLabel(match.sourceNamespace())) {
            v.error(path.field("sourceNamespace"), "sourceNamespace match %s is invalid", match.sourceNamespace());
        }
    }

    private static void string(Validation v, FieldPath path, String where, @Nullable StringMatch match) {
        if (match == null) {
            return;
        }
        if ("".equals(match.prefix())) {
            v.error(path, "\"%s\": prefix string match should not be empty", where);
        }
        regex(v, path, where, match);
    }

    static void regex(Validation v, FieldPath path, String where, StringMatch match) {
        var regex = match.regex();
        if (regex == null) {
            return;
        }
        if (regex.isEmpty()) {
            v.error(path, "\"%s\": regex string match should not be empty", where);
        } else {
            SharedRules.regex(v, path, where, regex);
        }
    }
}
