package io.layar.xdsgen.filterchain;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.List;

/** Cipher suites by OpenSSL's names. */
final class CipherSuites {
    /** What a sidecar offers for mutual TLS up to version 1.2. */
    static final ImmutableList<String> SIDECAR = ImmutableList.of(
            "ECDHE-ECDSA-AES256-GCM-SHA384",
            "ECDHE-RSA-AES256-GCM-SHA384",
            "ECDHE-ECDSA-AES128-GCM-SHA256",
            "ECDHE-RSA-AES128-GCM-SHA256",
            "AES256-GCM-SHA384",
            "AES128-GCM-SHA256");

    private static final ImmutableSet<String> KNOWN = ImmutableSet.of(
            "ECDHE-ECDSA-AES128-GCM-SHA256",
            "ECDHE-RSA-AES128-GCM-SHA256",
            "ECDHE-ECDSA-AES256-GCM-SHA384",
            "ECDHE-RSA-AES256-GCM-SHA384",
            "ECDHE-ECDSA-CHACHA20-POLY1305",
            "ECDHE-RSA-CHACHA20-POLY1305",
            "ECDHE-ECDSA-AES128-SHA",
            "ECDHE-RSA-AES128-SHA",
            "ECDHE-ECDSA-AES256-SHA",
            "ECDHE-RSA-AES256-SHA",
            "AES128-GCM-SHA256",
            "AES256-GCM-SHA384",
            "AES128-SHA",
            "AES256-SHA",
            "DES-CBC3-SHA");

    private CipherSuites() {}

    /** Those that Envoy takes, each once: one bad name would make it refuse the whole listener. */
    static ImmutableList<String> accepted(List<String> suites) {
        return suites.stream().filter(CipherSuites::isAccepted).distinct().collect(ImmutableList.toImmutableList());
    }

    private static boolean isAccepted(String suite) {
        return suite.isEmpty()
                || suite.equals("ALL")
                || !Character.isLetterOrDigit(suite.charAt(0))
                || KNOWN.contains(suite);
    }
}
