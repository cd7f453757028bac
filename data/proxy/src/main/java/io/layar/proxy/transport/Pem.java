package io.layar.proxy.transport;

import io.layar.proxy.core.config.ConfigRejected;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** PEM text to keys, certificates and revocation lists. Errors: {@link ConfigRejected} at the given path. Thread: any. */
final class Pem {
    private static final byte[] RSA_ALGORITHM = {
        0x30, 0x0d, 0x06, 0x09, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00
    };
    private static final byte[] EC_KEY = {0x06, 0x07, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 0x02, 0x01};
    private static final byte[] VERSION_0 = {0x02, 0x01, 0x00};

    private record Block(String label, byte[] der) {}

    private Pem() {}

    static List<X509Certificate> certificates(byte[] pem, String path) {
        List<X509Certificate> certificates = new ArrayList<>();
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            for (Block block : blocks(pem, path)) {
                if (block.label.endsWith("CERTIFICATE")) {
                    certificates.add(
                            (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(block.der)));
                }
            }
        } catch (CertificateException e) {
            throw new ConfigRejected(path, "Failed to load certificate: " + e.getMessage());
        }
        return certificates;
    }

    static List<X509CRL> revocationLists(byte[] pem, String path) {
        List<X509CRL> lists = new ArrayList<>();
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            for (Block block : blocks(pem, path)) {
                if (block.label.equals("X509 CRL")) {
                    lists.add((X509CRL) factory.generateCRL(new ByteArrayInputStream(block.der)));
                }
            }
        } catch (GeneralSecurityException e) {
            throw new ConfigRejected(path, "Failed to load CRL: " + e.getMessage());
        }
        return lists;
    }

    /** A private key of PKCS#8, PKCS#1 (RSA) or SEC 1 (EC). */
    static PrivateKey privateKey(byte[] pem, String path) {
        for (Block block : blocks(pem, path)) {
            switch (block.label) {
                case "PRIVATE KEY" -> {
                    return decode(block.der, path);
                }
                case "RSA PRIVATE KEY" -> {
                    return decode(sequence(VERSION_0, RSA_ALGORITHM, tlv(0x04, block.der)), path);
                }
                case "EC PRIVATE KEY" -> {
                    return decode(
                            sequence(VERSION_0, sequence(EC_KEY, curveOf(block.der, path)), tlv(0x04, block.der)),
                            path);
                }
                case "ENCRYPTED PRIVATE KEY" -> throw ConfigRejected.unsupported(path, "an encrypted private key");
                default -> {
                    // Parameters and certificates may stand beside the key.
                }
            }
        }
        throw new ConfigRejected(path, "Failed to load private key");
    }

    private static PrivateKey decode(byte[] pkcs8, String path) {
        for (String algorithm : List.of("EC", "RSA", "Ed25519")) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            } catch (GeneralSecurityException e) {
                continue;
            }
        }
        throw new ConfigRejected(path, "Failed to load private key");
    }

    /** The curve's OID in the parameters ([0]) of a SEC 1 key. */
    private static byte[] curveOf(byte[] sec1, String path) {
        for (int at = 0; at + 4 < sec1.length; at++) {
            if ((sec1[at] & 0xff) == 0xa0
                    && sec1[at + 2] == 0x06
                    && sec1[at + 1] == sec1[at + 3] + 2
                    && at + 4 + sec1[at + 3] <= sec1.length) {
                byte[] oid = new byte[sec1[at + 3] + 2];
                System.arraycopy(sec1, at + 2, oid, 0, oid.length);
                return oid;
            }
        }
        throw new ConfigRejected(path, "Failed to load private key: no named curve");
    }

    private static byte[] sequence(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return tlv(0x30, all.toByteArray());
    }

    private static byte[] tlv(int tag, byte[] value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        if (value.length < 0x80) {
            out.write(value.length);
        } else if (value.length < 0x100) {
            out.write(0x81);
            out.write(value.length);
        } else {
            out.write(0x82);
            out.write(value.length >> 8);
            out.write(value.length);
        }
        out.writeBytes(value);
        return out.toByteArray();
    }

    private static List<Block> blocks(byte[] pem, String path) {
        String text = new String(pem, StandardCharsets.ISO_8859_1);
        List<Block> blocks = new ArrayList<>();
        int at = 0;
        while ((at = text.indexOf("-----BEGIN ", at)) >= 0) {
            int labelEnd = text.indexOf("-----", at + 11);
            if (labelEnd < 0) {
                throw new ConfigRejected(path, "malformed PEM");
            }
            String label = text.substring(at + 11, labelEnd);
            int end = text.indexOf("-----END " + label, labelEnd);
            if (end < 0) {
                throw new ConfigRejected(path, "malformed PEM");
            }
            try {
                blocks.add(new Block(label, Base64.getMimeDecoder().decode(text.substring(labelEnd + 5, end))));
            } catch (IllegalArgumentException e) {
                throw new ConfigRejected(path, "malformed PEM");
            }
            at = end;
        }
        return blocks;
    }
}
