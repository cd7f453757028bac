package io.layar.local.api;

import com.google.common.collect.ImmutableMap;
import io.layar.config.Kind;
import java.util.Locale;

/** The names by which a person may call a kind: {@code VirtualService}, {@code virtualservices}, {@code vs}, with or without group. */
final class KindNames {
    private static final ImmutableMap<String, String> SHORT = ImmutableMap.<String, String>builder()
            .put("vs", "virtualservice")
            .put("dr", "destinationrule")
            .put("gw", "gateway")
            .put("se", "serviceentry")
            .put("we", "workloadentry")
            .put("wg", "workloadgroup")
            .put("ap", "authorizationpolicy")
            .put("pa", "peerauthentication")
            .put("ra", "requestauthentication")
            .put("po", "pod")
            .put("svc", "service")
            .put("sa", "serviceaccount")
            .put("cm", "configmap")
            .put("ns", "namespace")
            .put("deploy", "deployment")
            .put("sts", "statefulset")
            .put("ep", "endpoints")
            .put("no", "node")
            .put("ing", "ingress")
            .buildOrThrow();

    private KindNames() {}

    static boolean answersTo(Kind<?> kind, String asked) {
        String name = asked.toLowerCase(Locale.ROOT);
        int dot = name.indexOf('.');
        if (dot > 0) {
            String group = name.substring(dot + 1);
            if (!kind.group().equals(group)) {
                return false;
            }
            name = name.substring(0, dot);
        }
        String full = SHORT.getOrDefault(name, name);
        return full.equals(kind.name().toLowerCase(Locale.ROOT)) || full.equals(kind.plural());
    }
}
