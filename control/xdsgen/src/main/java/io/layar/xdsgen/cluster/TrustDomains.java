package io.layar.xdsgen.cluster;

import com.google.common.collect.ImmutableSortedSet;
import java.util.Collection;
import java.util.List;

/** SPIFFE identities in the other names of their trust domain. */
public final class TrustDomains {
    private static final String SCHEME = "spiffe://";

    private TrustDomains() {}

    /** {@code identities} and the same under each alias; what is no SPIFFE identity stays alone. */
    public static ImmutableSortedSet<String> expand(Collection<String> identities, List<String> aliases) {
        var out = ImmutableSortedSet.<String>naturalOrder().addAll(identities);
        for (String identity : identities) {
            int slash = identity.startsWith(SCHEME) ? identity.indexOf('/', SCHEME.length()) : -1;
            if (slash > 0) {
                aliases.forEach(alias -> out.add(SCHEME + alias + identity.substring(slash)));
            }
        }
        return out.build();
    }
}
