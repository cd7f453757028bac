package io.layar.proxy.http;

import io.layar.proxy.core.http.HeaderMap;
import io.layar.proxy.core.http.HeaderNames;
import io.layar.proxy.core.stream.StreamInfo;

/** Adds to each answer what the proxy says of itself. Thread: any (pure but for the worker's clock). */
final class ResponseMutation {
    private ResponseMutation() {}

    static void apply(HeaderMap headers, HeaderMap request, StreamInfo info, HcmConfig config, WorkerState worker) {
        HcmConfig.Headers rules = config.headers();
        boolean upgrade = headers.contains(HeaderNames.UPGRADE);
        if (!upgrade) {
            headers.remove(HeaderNames.CONNECTION);
        } else if (!headers.contains(HeaderNames.CONTENT_LENGTH) && status(headers) >= 200) {
            headers.add(HeaderNames.CONTENT_LENGTH, "0");
        }
        headers.remove(HeaderNames.TRANSFER_ENCODING);
        headers.remove(HeaderNames.KEEP_ALIVE);
        headers.remove(HeaderNames.PROXY_CONNECTION);
        if (!headers.contains(HeaderNames.DATE)) {
            headers.add(HeaderNames.DATE, worker.date().now());
        }
        switch (rules.server().transformation()) {
            case OVERWRITE -> headers.set(HeaderNames.SERVER, rules.server().name());
            case APPEND_IF_ABSENT -> {
                if (!headers.contains(HeaderNames.SERVER)) {
                    headers.add(HeaderNames.SERVER, rules.server().name());
                }
            }
            case PASS_THROUGH -> {}
        }
        if (rules.requestIds().alwaysInResponse() || request.contains(HeaderNames.X_ENVOY_FORCE_TRACE)) {
            String id = info.requestId();
            if (id != null && !id.isEmpty()) {
                headers.set(HeaderNames.X_REQUEST_ID, id);
            }
        }
        if (!rules.via().isEmpty()) {
            RequestMutation.append(headers, HeaderNames.VIA, rules.via());
        }
    }

    /** The number of {@code :status}, or 0. */
    static int status(HeaderMap headers) {
        String text = headers.get(HeaderNames.STATUS);
        int status = 0;
        for (int i = 0; text != null && i < text.length(); i++) {
            status = status * 10 + (text.charAt(i) - '0');
        }
        return status;
    }
}
