package io.layar.config.validate;

import com.google.common.collect.ImmutableList;
import io.layar.config.Validation;
import io.layar.config.decode.FieldPath;
import io.layar.config.names.DnsNames;
import io.layar.config.names.IpAddresses;
import io.layar.config.networking.ClientTLSSettings;
import io.layar.config.networking.ClientTLSSettings.TLSmode;
import io.layar.config.networking.OutlierDetection;
import io.layar.config.networking.TrafficPolicy;
import io.layar.config.networking.TrafficPolicy.PortTrafficPolicy;
import io.layar.config.networking.TrafficPolicy.TunnelSettings;
import org.jspecify.annotations.Nullable;

/** Rules of the traffic policies of a DestinationRule. */
final class TrafficPolicyRules {
    private static final String CONFIG_MAP = "configmap://";

    private TrafficPolicyRules() {}

    static void check(Validation v, FieldPath path, String namespace, @Nullable TrafficPolicy policy) {
        if (policy == null) {
            return;
        }
        if (isEmpty(policy)) {
            v.error(path, "traffic policy must have at least one field");
            return;
        }
        if (policy.tunnel() != null && policy.proxyProtocol() != null) {
            v.error(path, "tunnel and proxyProtocol must not be set together");
            return;
        }
        outlierDetection(v, path.field("outlierDetection"), policy.outlierDetection());
        ConnectionPoolRules.check(v, path.field("connectionPool"), policy.connectionPool());
        LoadBalancerRules.check(
                v, path.field("loadBalancer"), policy.loadBalancer(), policy.outlierDetection() != null);
        clientTls(v, path.field("tls"), namespace, policy.tls());
        ports(v, path.field("portLevelSettings"), namespace, policy.portLevelSettings());
        tunnel(v, path.field("tunnel"), policy.tunnel());
    }

    private static boolean isEmpty(TrafficPolicy policy) {
        return policy.outlierDetection() == null
                && policy.connectionPool() == null
                && policy.loadBalancer() == null
                && policy.tls() == null
                && policy.portLevelSettings().isEmpty()
                && policy.tunnel() == null
                && policy.proxyProtocol() == null
                && policy.retryBudget() == null;
    }

    private static void ports(
            Validation v, FieldPath path, String namespace, ImmutableList<PortTrafficPolicy> policies) {
        for (int i = 0; i < policies.size(); i++) {
            var policy = policies.get(i);
            var at = path.index(i);
            if (policy.port() == null) {
                v.error(at, "portTrafficPolicy must have valid port");
            }
            if (policy.outlierDetection() == null
                    && policy.connectionPool() == null
                    && policy.loadBalancer() == null
                    && policy.tls() == null) {
                v.error(at, "port traffic policy must have at least one field");
                continue;
            }
            outlierDetection(v, at.field("outlierDetection"), policy.outlierDetection());
            ConnectionPoolRules.check(v, at.field("connectionPool"), policy.connectionPool());
            LoadBalancerRules.check(
                    v, at.field("loadBalancer"), policy.loadBalancer(), policy.outlierDetection() != null);
            clientTls(v, at.field("tls"), namespace, policy.tls());
        }
    }

    private static void tunnel(Validation v, FieldPath path, @Nullable TunnelSettings tunnel) {
        if (tunnel == null) {
            return;
        }
        var protocol = tunnel.protocol();
        if (!protocol.isEmpty() && !protocol.equals("CONNECT") && !protocol.equals("POST")) {
            v.error(path, "tunnel protocol must be \"CONNECT\" or \"POST\"");
        }
        var problem = DnsNames.fullNameProblem(tunnel.targetHost());
        if (problem != null && !IpAddresses.isAddress(tunnel.targetHost())) {
            v.error(path, "tunnel target host must be valid FQDN or IP address: %s", problem);
        }
        long port = Integer.toUnsignedLong(tunnel.targetPort());
        if (port < 1 || port > 65535) {
            v.error(path, "tunnel target port is invalid: port number %d must be in the range 1..65535", port);
        }
    }

    static void outlierDetection(Validation v, FieldPath path, @Nullable OutlierDetection outlier) {
        if (outlier == null) {
            return;
        }
        SharedRules.duration(v, path.field("baseEjectionTime"), outlier.baseEjectionTime());
        if (outlier.consecutiveErrors() != 0) {
            v.warning(
                    path.field("consecutiveErrors"),
                    "outlier detection consecutive errors is deprecated, use consecutiveGatewayErrors or"
                            + " consecutive5xxErrors instead");
        }
        var local = outlier.consecutiveLocalOriginFailures();
        if (!outlier.splitExternalLocalOriginErrors() && local != null && local != 0) {
            v.error(
                    path,
                    "outlier detection consecutive local origin failures is specified, but split external local origin"
                            + " errors is set to false");
        }
        SharedRules.duration(v, path.field("interval"), outlier.interval());
        percent(v, path.field("maxEjectionPercent"), outlier.maxEjectionPercent());
        percent(v, path.field("minHealthPercent"), outlier.minHealthPercent());
    }

    private static void percent(Validation v, FieldPath path, int percent) {
        if (percent < 0 || percent > 100) {
            v.error(path, "percentage %d is not in range 0..100", percent);
        }
    }

    static void clientTls(Validation v, FieldPath path, String namespace, @Nullable ClientTLSSettings tls) {
        if (tls == null) {
            return;
        }
        configMap(v, path, namespace, tls.credentialName());
        boolean unverified = Boolean.TRUE.equals(tls.insecureSkipVerify());
        boolean trust =
                !tls.caCertificates().isEmpty() || !tls.subjectAltNames().isEmpty();
        if (unverified
                && tls.mode() == TLSmode.SIMPLE
                && (trust || !tls.credentialName().isEmpty())) {
            v.error(
                    path,
                    "cannot specify CaCertificates or CredentialName or SubjectAltNames when InsecureSkipVerify is set"
                            + " true");
        }
        if (unverified && tls.mode() == TLSmode.MUTUAL && trust) {
            v.error(path, "cannot specify CaCertificates or SubjectAltNames when InsecureSkipVerify is set true");
        }
        boolean fetched = !tls.credentialName().isEmpty();
        if (fetched && (tls.mode() == TLSmode.SIMPLE || tls.mode() == TLSmode.MUTUAL)) {
            boolean files = !tls.clientCertificate().isEmpty()
                    || !tls.caCertificates().isEmpty()
                    || !tls.privateKey().isEmpty()
                    || !tls.caCrl().isEmpty();
            if (files) {
                v.error(
                        path,
                        "cannot specify client certificates or CA certificate or CA CRL If credentialName is set");
            }
        } else if (tls.mode() == TLSmode.MUTUAL) {
            if (tls.clientCertificate().isEmpty()) {
                v.error(path, "client certificate required for mutual tls");
            }
            if (tls.privateKey().isEmpty()) {
                v.error(path, "private key required for mutual tls");
            }
        }
    }

    /** {@code configmap://namespace/name}: only of the rule's own namespace. */
    private static void configMap(Validation v, FieldPath path, String namespace, String credential) {
        if (!credential.startsWith(CONFIG_MAP)) {
            return;
        }
        var name = credential.substring(CONFIG_MAP.length());
        int slash = name.indexOf('/');
        if (slash == 0 || name.isEmpty() || slash == name.length() - 1) {
            v.error(path, "invalid configmap:// credentialName: %s", credential);
        } else if (slash > 0 && !name.substring(0, slash).equals(namespace)) {
            v.error(
                    path,
                    "invalid configmap:// credentialName: namespace must match the configuration namespace \"%s\"",
                    namespace);
        }
    }
}
