package io.layar.xdsgen.route;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HostDomainsTest {
    private static final String HOST = "web.shop.svc.cluster.local";

    @Test
    void theOwnNamespaceMayBeLeftOut() {
        assertThat(HostDomains.alternatives(HOST, 80, "shop.svc.cluster.local", false))
                .containsExactly("web", "web:80", "web.shop.svc", "web.shop.svc:80", "web.shop", "web.shop:80");
    }

    @Test
    void anotherNamespaceMayNot() {
        assertThat(HostDomains.alternatives(HOST, 0, "bank.svc.cluster.local", false))
                .containsExactly("web.shop", "web.shop.svc");
    }

    @Test
    void anotherClusterDomainIsNotShortened() {
        assertThat(HostDomains.alternatives("web.shop.svc.other.local", 80, "shop.svc.cluster.local", false))
                .isEmpty();
    }

    @Test
    void theNameWithADotAtItsEndIsTheSame() {
        assertThat(HostDomains.alternatives("example.com", 80, "shop.svc.cluster.local", true))
                .containsExactly("example.com.", "example.com.:80");
    }

    @Test
    void outsideOfKubernetesTheSharedDomainMayBeLeftOut() {
        assertThat(HostDomains.alternatives("foo.local.campus.net", 80, "bar.campus.net", false))
                .containsExactly("foo.local", "foo.local:80", "foo.local.campus", "foo.local.campus:80");
    }
}
