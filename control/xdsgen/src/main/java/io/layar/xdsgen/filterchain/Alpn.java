package io.layar.xdsgen.filterchain;

import com.google.common.collect.ImmutableList;

/** Application protocols in TLS handshakes and in what the inspectors report. */
public final class Alpn {
    /** As the HTTP inspector names plain HTTP. */
    public static final ImmutableList<String> PLAINTEXT_HTTP = ImmutableList.of("http/1.1", "h2c");
    /** The same where HTTP/1.0 is accepted. */
    public static final ImmutableList<String> PLAINTEXT_HTTP_WITH_10 = ImmutableList.of("http/1.0", "http/1.1", "h2c");
    /** HTTP that a sidecar sends over mutual TLS. */
    public static final ImmutableList<String> MTLS_HTTP =
            ImmutableList.of("istio-http/1.0", "istio-http/1.1", "istio-h2");
    /** Bytes of an unknown protocol that a sidecar sends over mutual TLS. */
    public static final ImmutableList<String> MTLS_TCP = ImmutableList.of("istio-peer-exchange", "istio");
    /** Anything that a sidecar sends over mutual TLS. */
    public static final ImmutableList<String> ALL_MTLS =
            ImmutableList.of("istio", "istio-peer-exchange", "istio-http/1.0", "istio-http/1.1", "istio-h2");
    /** What a server of HTTP offers. */
    public static final ImmutableList<String> HTTP = ImmutableList.of("h2", "http/1.1");
    /** What a server of bytes offers, with metadata exchange. */
    public static final ImmutableList<String> DOWNSTREAM_TCP =
            ImmutableList.of("istio-peer-exchange", "h2", "http/1.1");

    private Alpn() {}
}
