package io.layar.xdsgen.route;

import com.google.common.collect.ImmutableList;
import io.envoyproxy.envoy.config.core.v3.HeaderValue;
import io.envoyproxy.envoy.config.core.v3.HeaderValueOption;
import io.envoyproxy.envoy.config.core.v3.HeaderValueOption.HeaderAppendAction;
import io.layar.config.networking.Headers;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The header operations of a route or destination in Envoy's terms.
 *
 * <p>Shape: {@code authority} is empty, or what {@code set} (before {@code add}) says for the Host header, which Envoy
 * changes by other means. Order: sets before adds, each by name.
 */
record HeaderOperations(
        ImmutableList<HeaderValueOption> requestAdd,
        ImmutableList<String> requestRemove,
        ImmutableList<HeaderValueOption> responseAdd,
        ImmutableList<String> responseRemove,
        String authority) {
    private static final HeaderOperations NONE =
            new HeaderOperations(ImmutableList.of(), ImmutableList.of(), ImmutableList.of(), ImmutableList.of(), "");

    static HeaderOperations of(@Nullable Headers headers) {
        if (headers == null) {
            return NONE;
        }
        Headers.HeaderOperations request = headers.request();
        Headers.HeaderOperations response = headers.response();
        return new HeaderOperations(
                additions(request),
                removals(request),
                additions(response),
                removals(response),
                request == null ? "" : authority(request));
    }

    private static ImmutableList<HeaderValueOption> additions(Headers.@Nullable HeaderOperations operations) {
        if (operations == null) {
            return ImmutableList.of();
        }
        ImmutableList.Builder<HeaderValueOption> out = ImmutableList.builder();
        options(operations.set(), HeaderAppendAction.OVERWRITE_IF_EXISTS_OR_ADD, out);
        options(operations.add(), HeaderAppendAction.APPEND_IF_EXISTS_OR_ADD, out);
        return out.build();
    }

    private static void options(
            Map<String, String> headers, HeaderAppendAction action, ImmutableList.Builder<HeaderValueOption> out) {
        new TreeMap<>(headers).forEach((name, value) -> {
            if (!isInternal(name)) {
                out.add(HeaderValueOption.newBuilder()
                        .setHeader(HeaderValue.newBuilder().setKey(name).setValue(value))
                        .setAppendAction(action)
                        .build());
            }
        });
    }

    private static ImmutableList<String> removals(Headers.@Nullable HeaderOperations operations) {
        return operations == null
                ? ImmutableList.of()
                : operations.remove().stream()
                        .filter(name -> !isInternal(name))
                        .collect(ImmutableList.toImmutableList());
    }

    private static String authority(Headers.HeaderOperations request) {
        String set = authorityIn(request.set());
        return set.isEmpty() ? authorityIn(request.add()) : set;
    }

    private static String authorityIn(Map<String, String> headers) {
        String authority = "";
        for (Map.Entry<String, String> header : headers.entrySet()) {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            if (name.equals(":authority") || name.equals("host")) {
                authority = header.getValue();
            }
        }
        return authority;
    }

    private static boolean isInternal(String name) {
        return name.startsWith(":") || name.equalsIgnoreCase("host");
    }
}
