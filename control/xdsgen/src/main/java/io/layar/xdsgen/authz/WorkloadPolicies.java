package io.layar.xdsgen.authz;

import com.google.common.collect.ImmutableList;
import io.layar.config.ConfigSet;
import io.layar.config.Kinds;
import io.layar.config.Resource;
import io.layar.config.security.AuthorizationPolicy;
import io.layar.config.security.AuthorizationPolicy.Action;
import io.layar.mesh.policy.PolicyAttachment;
import io.layar.mesh.proxy.Proxy;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The AuthorizationPolicies in force at one proxy.
 *
 * <p>Order: those of the root namespace first, then the proxy's; the oldest first.
 */
public record WorkloadPolicies(ImmutableList<Resource<AuthorizationPolicy>> all) {

    public static WorkloadPolicies of(ConfigSet config, Proxy proxy, String rootNamespace) {
        Set<String> namespaces = new LinkedHashSet<>(List.of(rootNamespace));
        namespaces.add(proxy.namespace());
        List<Resource<AuthorizationPolicy>> sorted = config.of(Kinds.AUTHORIZATION_POLICY).stream()
                .sorted(PolicyAttachment.oldestFirst())
                .toList();
        ImmutableList.Builder<Resource<AuthorizationPolicy>> out = ImmutableList.builder();
        for (String namespace : namespaces) {
            sorted.stream()
                    .filter(policy -> policy.metadata().namespace().equals(namespace))
                    .filter(policy -> PolicyAttachment.holds(
                            proxy,
                            namespace,
                            policy.spec().selector(),
                            PolicyAttachment.targets(
                                    policy.spec().targetRef(), policy.spec().targetRefs())))
                    .forEach(out::add);
        }
        return new WorkloadPolicies(out.build());
    }

    List<Resource<AuthorizationPolicy>> with(Action action) {
        return all.stream().filter(policy -> policy.spec().action() == action).toList();
    }
}
