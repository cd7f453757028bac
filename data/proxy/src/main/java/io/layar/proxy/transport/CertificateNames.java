package io.layar.proxy.transport;

import java.net.InetAddress;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The subject alternative names of a certificate. Thread: any. */
final class CertificateNames {
    static final int EMAIL = 1;
    static final int DNS = 2;
    static final int URI = 6;
    static final int IP = 7;

    private CertificateNames() {}

    /** The names of one type, in the certificate's order. */
    static List<String> of(X509Certificate certificate, int type) {
        List<String> names = new ArrayList<>();
        for (List<?> entry : entries(certificate)) {
            if (entry.get(0) instanceof Integer number && number == type && entry.get(1) instanceof String name) {
                names.add(type == IP ? shortIp(name) : name);
            }
        }
        return names;
    }

    /** All names, in the certificate's order. */
    static List<String> all(X509Certificate certificate) {
        List<String> names = new ArrayList<>();
        for (List<?> entry : entries(certificate)) {
            if (entry.get(1) instanceof String name) {
                names.add(name);
            }
        }
        return names;
    }

    private static String shortIp(String text) {
        return text.indexOf(':') < 0 ? text : io.layar.proxy.core.stream.IpText.of(InetAddress.ofLiteral(text));
    }

    private static Collection<List<?>> entries(X509Certificate certificate) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            return names == null ? List.of() : names;
        } catch (CertificateParsingException e) {
            return List.of();
        }
    }
}
