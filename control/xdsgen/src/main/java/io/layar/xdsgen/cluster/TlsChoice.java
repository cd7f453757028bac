package io.layar.xdsgen.cluster;

import com.google.common.collect.ImmutableList;
import io.layar.config.networking.ClientTLSSettings;
import io.layar.config.networking.ClientTLSSettings.TLSmode;
import io.layar.mesh.Feature;
import io.layar.mesh.ProxyView;
import io.layar.mesh.policy.MutualTlsMode;
import io.layar.mesh.proxy.NodeMetadata;
import org.jspecify.annotations.Nullable;

/** The settings that hold for a cluster: the rule's, completed, or mutual TLS by itself. {@code automatic}: nobody asked. */
record TlsChoice(@Nullable ClientTLSSettings settings, boolean automatic) {
    private static final TlsChoice PLAIN = new TlsChoice(null, false);

    static TlsChoice of(ProxyView view, TlsTarget target, @Nullable ClientTLSSettings own) {
        boolean certificates =
                !view.proxy().metadata().text("TLS_CLIENT_CERT_CHAIN").isEmpty();
        if (own == null) {
            return automatic(view, target, certificates);
        }
        if (own.mode() == TLSmode.DISABLE || own.mode() == TLSmode.SIMPLE) {
            return new TlsChoice(own, false);
        }
        if (certificates) {
            // A server outside of the mesh may have another CA than the one that the node's certificates are from.
            boolean asWritten =
                    target.meshExternal() && view.isOn(Feature.PREFER_DESTINATIONRULE_TLS_FOR_EXTERNAL_SERVICES);
            return new TlsChoice(
                    asWritten ? own : byNode(view, own.subjectAltNames(), own.sni(), own.insecureSkipVerify()), false);
        }
        if (own.mode() != TLSmode.ISTIO_MUTUAL) {
            return new TlsChoice(own, false);
        }
        ImmutableList<String> names =
                own.subjectAltNames().isEmpty() ? target.serviceAccounts() : own.subjectAltNames();
        String sni = own.sni().isEmpty() ? target.sni() : own.sni();
        return new TlsChoice(mutual(names, sni, own.insecureSkipVerify()), false);
    }

    private static TlsChoice automatic(ProxyView view, TlsTarget target, boolean certificates) {
        if (target.meshExternal()
                || !Boolean.TRUE.equals(view.mesh().enableAutoMtls())
                || target.mode() == MutualTlsMode.UNKNOWN
                || target.mode() == MutualTlsMode.DISABLE) {
            return PLAIN;
        }
        return new TlsChoice(
                certificates
                        ? byNode(view, target.serviceAccounts(), target.sni(), null)
                        : mutual(target.serviceAccounts(), target.sni(), null),
                true);
    }

    private static ClientTLSSettings mutual(ImmutableList<String> names, String sni, @Nullable Boolean insecure) {
        return new ClientTLSSettings(TLSmode.ISTIO_MUTUAL, "", "", "", "", names, sni, insecure, "");
    }

    /** With the certificates that the node's metadata names. */
    private static ClientTLSSettings byNode(
            ProxyView view, ImmutableList<String> names, String sni, @Nullable Boolean insecure) {
        NodeMetadata metadata = view.proxy().metadata();
        return new ClientTLSSettings(
                TLSmode.MUTUAL,
                metadata.text("TLS_CLIENT_CERT_CHAIN"),
                metadata.text("TLS_CLIENT_KEY"),
                metadata.text("TLS_CLIENT_ROOT_CERT"),
                "",
                names,
                sni,
                insecure,
                "");
    }
}
