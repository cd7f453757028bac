package io.layar.proxy.transport;

import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CertificateValidationContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CertificateValidationContext.TrustChainVerification;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.SubjectAltNameMatcher;
import io.layar.proxy.core.config.ConfigRejected;
import io.layar.proxy.core.config.Fields;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A compiled validation context: what a peer's certificate must satisfy.
 *
 * <p>Shape: {@code hashes} lower-case hex without colons, {@code spkis} base64; empty sets demand nothing. {@code verifiesChain} is false where no CA is
 * given. Thread: any (immutable).
 */
record PeerRules(
        Set<TrustAnchor> anchors,
        List<X509CRL> revocations,
        boolean leafRevocationOnly,
        List<SanRule> sans,
        Set<String> hashes,
        Set<String> spkis,
        boolean allowExpired,
        boolean acceptUntrusted) {
    static final PeerRules NONE =
            new PeerRules(Set.of(), List.of(), false, List.of(), Set.of(), Set.of(), false, false);

    static PeerRules compile(CertificateValidationContext proto, String path) {
        Fields.refuse(
                proto,
                path,
                "ca_certificate_provider_instance",
                "require_signed_certificate_timestamp",
                "custom_validator_config",
                "max_verify_depth");
        List<X509Certificate> authorities = authorities(proto, path);
        Set<TrustAnchor> anchors = new HashSet<>();
        authorities.forEach(ca -> anchors.add(new TrustAnchor(ca, null)));
        List<SanRule> sans = new ArrayList<>();
        for (int i = 0; i < proto.getMatchTypedSubjectAltNamesCount(); i++) {
            sans.add(SanRule.compile(
                    proto.getMatchTypedSubjectAltNames(i), path + ".match_typed_subject_alt_names[" + i + "]"));
        }
        for (int i = 0; i < proto.getMatchSubjectAltNamesCount(); i++) {
            for (SubjectAltNameMatcher.SanType type : List.of(
                    SubjectAltNameMatcher.SanType.DNS,
                    SubjectAltNameMatcher.SanType.URI,
                    SubjectAltNameMatcher.SanType.EMAIL,
                    SubjectAltNameMatcher.SanType.IP_ADDRESS)) {
                SubjectAltNameMatcher typed = SubjectAltNameMatcher.newBuilder()
                        .setSanType(type)
                        .setMatcher(proto.getMatchSubjectAltNames(i))
                        .build();
                sans.add(SanRule.compile(typed, path + ".match_subject_alt_names[" + i + "]"));
            }
        }
        boolean needsCa = !sans.isEmpty() || proto.hasCrl();
        if (needsCa
                && authorities.isEmpty()
                && proto.getTrustChainVerification() == TrustChainVerification.VERIFY_TRUST_CHAIN) {
            throw new ConfigRejected(
                    path, "SAN-based verification of peer certificates without trusted CA is insecure and not allowed");
        }
        Set<String> hashes = new HashSet<>();
        proto.getVerifyCertificateHashList()
                .forEach(hash -> hashes.add(hash.replace(":", "").toLowerCase(Locale.ROOT)));
        return new PeerRules(
                Set.copyOf(anchors),
                proto.hasCrl()
                        ? Pem.revocationLists(DataSources.read(proto.getCrl(), path + ".crl"), path + ".crl")
                        : List.of(),
                proto.getOnlyVerifyLeafCertCrl(),
                List.copyOf(sans),
                Set.copyOf(hashes),
                Set.copyOf(proto.getVerifyCertificateSpkiList()),
                proto.getAllowExpiredCertificate(),
                proto.getTrustChainVerification() == TrustChainVerification.ACCEPT_UNTRUSTED);
    }

    private static List<X509Certificate> authorities(CertificateValidationContext proto, String path) {
        if (proto.hasSystemRootCerts()) {
            return SystemRoots.load(path + ".system_root_certs");
        }
        if (!proto.hasTrustedCa()) {
            return List.of();
        }
        List<X509Certificate> authorities =
                Pem.certificates(DataSources.read(proto.getTrustedCa(), path + ".trusted_ca"), path + ".trusted_ca");
        if (authorities.isEmpty()) {
            throw new ConfigRejected(path + ".trusted_ca", "Failed to load trusted CA certificates");
        }
        return authorities;
    }

    boolean verifiesChain() {
        return !anchors.isEmpty();
    }

    /** True where a peer without a certificate would escape a rule. */
    boolean demandsAnything() {
        return verifiesChain() || !hashes.isEmpty() || !spkis.isEmpty();
    }
}
