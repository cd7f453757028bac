package io.layar.proxy.core.route;

import io.envoyproxy.envoy.config.route.v3.RateLimit;
import io.layar.proxy.core.config.ConfigRejected;
import io.layar.proxy.core.config.Durations;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rate limit rules of a route or a virtual host: each makes a descriptor of a request, or none. Thread: any (immutable). */
public final class RateLimits {
    static final RateLimits NONE = new RateLimits(List.of());

    private final List<Rule> rules;

    private RateLimits(List<Rule> rules) {
        this.rules = rules;
    }

    private record Rule(int stage, List<DescriptorAction> actions, long hits, boolean onDone) {}

    /** Compiles rules as routes, virtual hosts and the local rate limit filter have them. */
    public static RateLimits compile(List<RateLimit> protos, String field) {
        if (protos.isEmpty()) {
            return NONE;
        }
        List<Rule> rules = new ArrayList<>(protos.size());
        for (int i = 0; i < protos.size(); i++) {
            rules.add(rule(protos.get(i), field + "[" + i + "]"));
        }
        return new RateLimits(List.copyOf(rules));
    }

    private static Rule rule(RateLimit proto, String field) {
        if (proto.hasLimit()) {
            throw ConfigRejected.unsupported(field + ".limit", "limit override");
        }
        if (!proto.getHitsAddend().getFormat().isEmpty()) {
            throw ConfigRejected.unsupported(field + ".hits_addend", "format");
        }
        List<DescriptorAction> actions = new ArrayList<>();
        for (int i = 0; i < proto.getActionsCount(); i++) {
            actions.add(DescriptorAction.compile(proto.getActions(i), field + ".actions[" + i + "]"));
        }
        long hits = proto.getHitsAddend().hasNumber()
                ? proto.getHitsAddend().getNumber().getValue()
                : 1;
        return new Rule(
                (int) Durations.unsigned(proto.hasStage(), proto.getStage(), 0),
                List.copyOf(actions),
                hits,
                proto.getApplyOnStreamDone());
    }

    public boolean isEmpty() {
        return rules.isEmpty();
    }

    /** The descriptors of a request for one stage, in the order of the rules. */
    public List<Descriptor> descriptors(int stage, DescriptorInput in) {
        List<Descriptor> all = new ArrayList<>(rules.size());
        for (Rule rule : rules) {
            if (rule.stage == stage && !rule.onDone) {
                Descriptor descriptor = descriptor(rule, in);
                if (descriptor != null) {
                    all.add(descriptor);
                }
            }
        }
        return all;
    }

    private static @Nullable Descriptor descriptor(Rule rule, DescriptorInput in) {
        List<Descriptor.Entry> entries = new ArrayList<>(rule.actions.size());
        for (DescriptorAction action : rule.actions) {
            switch (action.apply(in)) {
                case DescriptorAction.Outcome.Entry(Descriptor.Entry entry) -> entries.add(entry);
                case DescriptorAction.Outcome.Skip _ -> {}
                case DescriptorAction.Outcome.Drop _ -> {
                    return null;
                }
            }
        }
        return entries.isEmpty() ? null : new Descriptor(entries, rule.hits);
    }
}
