package io.layar.proxy.codec;

import io.layar.proxy.core.http.HeaderMap;

/** The response side of a downstream stream. */
public interface ResponseSender extends MessageSender {
    /** Sends a 1xx answer before the final one (100, 103). */
    void sendInformational(HeaderMap headers);
}
