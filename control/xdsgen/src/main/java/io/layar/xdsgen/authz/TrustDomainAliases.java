package io.layar.xdsgen.authz;

import com.google.common.collect.ImmutableList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The mesh's trust domain and the names that mean the same. */
record TrustDomainAliases(ImmutableList<String> domains) {
    private static final String LOCAL_DOMAIN = "cluster.local";
    private static final int IDENTITY_PARTS = 5;

    static TrustDomainAliases of(String domain, Collection<String> aliases) {
        return new TrustDomainAliases(
                ImmutableList.<String>builder().add(domain).addAll(aliases).build());
    }

    /** Each principal of the mesh's domain once per name of the domain; others as they are. */
    ImmutableList<String> ofPrincipals(List<String> principals) {
        ImmutableList.Builder<String> out = ImmutableList.builder();
        principals.forEach(principal -> out.addAll(ofPrincipal(principal)));
        return out.build();
    }

    /** A trust domain of the mesh stands for all its names. Order: as given, without repetition. */
    ImmutableList<String> ofDomains(List<String> wanted) {
        Set<String> out = new LinkedHashSet<>();
        wanted.forEach(domain -> out.addAll(domains.contains(domain) ? domains : List.of(domain)));
        return ImmutableList.copyOf(out);
    }

    private Collection<String> ofPrincipal(String principal) {
        int slash = principal.indexOf('/');
        if (principal.chars().filter(c -> c == '/').count() != IDENTITY_PARTS - 1) {
            return List.of(principal);
        }
        String domain = principal.substring(0, slash);
        if (domain.equals("*")
                || !(domain.equals(LOCAL_DOMAIN) || domains.stream().anyMatch(d -> mayMean(domain, d)))) {
            return List.of(principal);
        }
        Set<String> out = new LinkedHashSet<>();
        for (String name : domains) {
            out.add(endsLike(name, domain) ? principal : name + principal.substring(slash));
        }
        return out;
    }

    private static boolean mayMean(String a, String b) {
        return a.equals(b) || b.equals("*") || beginsLike(a, b) || beginsLike(b, a) || endsLike(a, b) || endsLike(b, a);
    }

    private static boolean beginsLike(String text, String pattern) {
        return pattern.endsWith("*") && text.startsWith(pattern.substring(0, pattern.length() - 1));
    }

    private static boolean endsLike(String text, String pattern) {
        return pattern.startsWith("*") && text.endsWith(pattern.substring(1));
    }
}
