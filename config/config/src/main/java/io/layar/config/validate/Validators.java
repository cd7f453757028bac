package io.layar.config.validate;

import com.google.common.collect.ImmutableMap;
import io.layar.config.Kind;
import io.layar.config.Kinds;
import io.layar.config.Resource;
import io.layar.config.Validation;
import io.layar.config.decode.FieldPath;
import java.util.function.BiConsumer;

/**
 * The rules of every kind: what Istio's admission refuses or questions beyond what decoding already does.
 *
 * <p>Source: Istio's {@code pkg/config/validation}. Thread: any (immutable).
 */
public final class Validators implements Validation.Rules {
    public static final Validators ALL = new Validators();

    private static final FieldPath ANNOTATIONS =
            FieldPath.ROOT.field("metadata").field("annotations");
    private static final String ALWAYS_REJECT = "internal.istio.io/webhook-always-reject";
    private static final String PARENT_NAMES = "internal.istio.io/parents";
    private static final String PARENT_NAMESPACE = "internal.istio.io/parent-namespace";

    private final ImmutableMap<Kind<?>, BiConsumer<Resource<?>, Validation>> rules;

    private Validators() {
        var all = ImmutableMap.<Kind<?>, BiConsumer<Resource<?>, Validation>>builder();
        add(all, Kinds.GATEWAY, GatewayRules::check);
        add(all, Kinds.DESTINATION_RULE, DestinationRuleRules::check);
        add(all, Kinds.SERVICE_ENTRY, ServiceEntryRules::check);
        add(all, Kinds.WORKLOAD_ENTRY, WorkloadRules::entry);
        add(all, Kinds.WORKLOAD_GROUP, WorkloadRules::group);
        add(all, Kinds.SIDECAR, SidecarRules::check);
        add(all, Kinds.VIRTUAL_SERVICE, VirtualServiceRules::check);
        rules = all.buildOrThrow();
    }

    private static <S extends Record> void add(
            ImmutableMap.Builder<Kind<?>, BiConsumer<Resource<?>, Validation>> all,
            Kind<S> kind,
            BiConsumer<Resource<S>, Validation> rule) {
        all.put(kind, (resource, validation) -> rule.accept(resource.as(kind), validation));
    }

    @Override
    public void accept(Resource<?> resource, Validation validation) {
        var rule = rules.get(resource.kind());
        if (rule == null) {
            return;
        }
        for (var name : new String[] {ALWAYS_REJECT, PARENT_NAMES, PARENT_NAMESPACE}) {
            if (resource.metadata().annotations().containsKey(name)) {
                validation.error(ANNOTATIONS, "\"%s\" annotation found, this may not be set by users", name);
            }
        }
        rule.accept(resource, validation);
    }
}
