package io.layar.config.kubernetes;

import com.google.common.collect.ImmutableList;
import org.jspecify.annotations.Nullable;

/** A Kubernetes Ingress. */
public record Ingress(@Nullable IngressSpec spec, @Nullable IngressStatus status) {
    /** The {@code IngressSpec} message of {@link Ingress}. */
    public record IngressSpec(
            @Nullable String ingressClassName,
            @Nullable IngressBackend defaultBackend,
            ImmutableList<IngressTLS> tls,
            ImmutableList<IngressRule> rules) {}

    /** The {@code IngressTLS} message of {@link Ingress}. */
    public record IngressTLS(ImmutableList<String> hosts, String secretName) {}

    /** The {@code IngressRule} message of {@link Ingress}. */
    public record IngressRule(String host, @Nullable HTTPIngressRuleValue http) {}

    /** The {@code HTTPIngressRuleValue} message of {@link Ingress}. */
    public record HTTPIngressRuleValue(ImmutableList<HTTPIngressPath> paths) {}

    /** The {@code HTTPIngressPath} message of {@link Ingress}. */
    public record HTTPIngressPath(
            String path,
            @Nullable String pathType,
            @Nullable IngressBackend backend) {}

    /** The {@code IngressBackend} message of {@link Ingress}. */
    public record IngressBackend(@Nullable IngressServiceBackend service) {}

    /** The {@code IngressServiceBackend} message of {@link Ingress}. */
    public record IngressServiceBackend(
            String name, @Nullable ServiceBackendPort port) {}

    /** The {@code ServiceBackendPort} message of {@link Ingress}. */
    public record ServiceBackendPort(String name, int number) {}

    /** The {@code IngressStatus} message of {@link Ingress}. */
    public record IngressStatus(@Nullable LoadBalancerStatus loadBalancer) {}
}
