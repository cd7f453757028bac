package io.layar.proxy.transport;

import io.layar.proxy.core.stats.Counter;
import io.layar.proxy.core.stats.StatsScope;

/** Counters of one side's handshakes, under {@code listener.X.ssl.} or {@code cluster.X.ssl.}. */
record TlsStats(
        Counter handshake,
        Counter connectionError,
        Counter noCertificate,
        Counter noPeerCertificate,
        PeerVerifier.Failures failures) {
    static TlsStats of(StatsScope scope) {
        return new TlsStats(
                scope.counter("ssl.handshake"),
                scope.counter("ssl.connection_error"),
                scope.counter("ssl.no_certificate"),
                scope.counter("ssl.fail_verify_no_cert"),
                PeerVerifier.Failures.of(scope));
    }
}
