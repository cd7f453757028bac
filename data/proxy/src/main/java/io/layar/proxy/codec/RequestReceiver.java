package io.layar.proxy.codec;

import io.layar.proxy.core.http.HeaderMap;

/** The connection manager's side of a downstream stream. */
public interface RequestReceiver extends MessageReceiver {
    /** The request's headers, pseudo headers first: {@code :method}, {@code :path}, {@code :authority}, {@code :scheme}. */
    void onHeaders(HeaderMap headers, boolean endStream);

    /**
     * The bytes were no valid request. The receiver answers with a local reply of {@code status} (400, 408, 413, 426, 431, …)
     * and response code details {@code details} (Envoy's names, such as {@code http1.codec_error}). The connection is not
     * usable afterwards: the codec closes it when that answer is written.
     */
    void onBadRequest(int status, String details);
}
