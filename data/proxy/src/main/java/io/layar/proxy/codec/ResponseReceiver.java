package io.layar.proxy.codec;

import io.layar.proxy.core.http.HeaderMap;

/** The router's (or the health checker's) side of an upstream stream. */
public interface ResponseReceiver extends MessageReceiver {
    /** A 1xx answer that is not the final one. 101 is final and arrives at {@link #onHeaders}. */
    void onInformational(HeaderMap headers);

    /** The response's headers, {@code :status} first. */
    void onHeaders(HeaderMap headers, boolean endStream);
}
