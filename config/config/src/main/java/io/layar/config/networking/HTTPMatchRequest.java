package io.layar.config.networking;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
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
        String statPrefix) {}
