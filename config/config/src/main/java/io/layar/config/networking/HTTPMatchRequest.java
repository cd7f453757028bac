package io.layar.config.networking;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.layar.config.decode.Records;
import io.layar.config.decode.Unsigned;
import org.jspecify.annotations.Nullable;

/** Conditions on an HTTP request; all of them must hold. */
public record HTTPMatchRequest(
        String name,
        @Nullable StringMatch uri,
        @Nullable StringMatch scheme,
        @Nullable StringMatch method,
        @Nullable StringMatch authority,
        ImmutableMap<String, StringMatch> headers,
        @Unsigned int port,
        ImmutableMap<String, String> sourceLabels,
        ImmutableList<String> gateways,
        ImmutableMap<String, StringMatch> queryParams,
        boolean ignoreUriCase,
        ImmutableMap<String, StringMatch> withoutHeaders,
        String sourceNamespace,
        String statPrefix) {
    public HTTPMatchRequest withName(String name) {
        return Records.with(this, "name", name);
    }

    public HTTPMatchRequest withUri(@Nullable StringMatch uri) {
        return Records.with(this, "uri", uri);
    }

    public HTTPMatchRequest withScheme(@Nullable StringMatch scheme) {
        return Records.with(this, "scheme", scheme);
    }

    public HTTPMatchRequest withMethod(@Nullable StringMatch method) {
        return Records.with(this, "method", method);
    }

    public HTTPMatchRequest withAuthority(@Nullable StringMatch authority) {
        return Records.with(this, "authority", authority);
    }

    public HTTPMatchRequest withHeaders(ImmutableMap<String, StringMatch> headers) {
        return Records.with(this, "headers", headers);
    }

    public HTTPMatchRequest withPort(int port) {
        return Records.with(this, "port", port);
    }

    public HTTPMatchRequest withSourceLabels(ImmutableMap<String, String> sourceLabels) {
        return Records.with(this, "sourceLabels", sourceLabels);
    }

    public HTTPMatchRequest withGateways(ImmutableList<String> gateways) {
        return Records.with(this, "gateways", gateways);
    }

    public HTTPMatchRequest withQueryParams(ImmutableMap<String, StringMatch> queryParams) {
        return Records.with(this, "queryParams", queryParams);
    }

    public HTTPMatchRequest withIgnoreUriCase(boolean ignoreUriCase) {
        return Records.with(this, "ignoreUriCase", ignoreUriCase);
    }

    public HTTPMatchRequest withWithoutHeaders(ImmutableMap<String, StringMatch> withoutHeaders) {
        return Records.with(this, "withoutHeaders", withoutHeaders);
    }

    public HTTPMatchRequest withSourceNamespace(String sourceNamespace) {
        return Records.with(this, "sourceNamespace", sourceNamespace);
    }

    public HTTPMatchRequest withStatPrefix(String statPrefix) {
        return Records.with(this, "statPrefix", statPrefix);
    }
}
