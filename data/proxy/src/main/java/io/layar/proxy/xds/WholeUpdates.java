package io.layar.proxy.xds;

import com.google.common.collect.ImmutableSet;
import com.google.protobuf.Message;
import io.layar.proxy.core.config.ConfigRejected;
import io.layar.xds.TypeUrl;
import io.layar.xds.client.Update;
import io.layar.xds.client.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Takes all resources of a kind: what is good is used, what is not is refused by name, what is gone is removed.
 *
 * <p>Thread: main loop. Source: Envoy applies the good part of such an update and refuses it naming the rest.
 */
final class WholeUpdates implements Function<Update, Verdict> {
    private final ResourceTypes types;
    private final TypeUrl type;
    private final String noun;
    private final Target target;
    private final Runnable taken;
    private final Map<String, String> versions = new LinkedHashMap<>();

    /** Who uses the resources. */
    interface Target {
        /** Errors: {@link ConfigRejected}. */
        void addOrUpdate(Message resource, String version);

        void remove(String name);
    }

    /**
     * @param noun what a refusal calls the resources
     * @param taken runs after each update
     */
    WholeUpdates(ResourceTypes types, TypeUrl type, String noun, Target target, Runnable taken) {
        this.types = types;
        this.type = type;
        this.noun = noun;
        this.target = target;
        this.taken = taken;
    }

    @Override
    public Verdict apply(Update update) {
        ImmutableSet.Builder<String> refused = ImmutableSet.builder();
        List<String> errors = new ArrayList<>();
        Set<String> there = new LinkedHashSet<>();
        for (Update.Item item : update.resources()) {
            try {
                if (!there.add(item.name())) {
                    throw new ConfigRejected("", "duplicate " + noun + " " + item.name() + " found");
                }
                target.addOrUpdate(types.parse(type, item.body()), item.version());
                versions.put(item.name(), item.version());
            } catch (ConfigRejected e) {
                refused.add(item.name());
                errors.add(item.name() + ": " + e.getMessage());
            }
        }
        removed(update, there);
        taken.run();
        if (errors.isEmpty()) {
            return Verdict.ACCEPTED;
        }
        return new Verdict(refused.build(), "Error adding/updating " + noun + "(s) " + String.join(", ", errors));
    }

    private void removed(Update update, Set<String> there) {
        List<String> gone = update.complete()
                ? versions.keySet().stream()
                        .filter(name -> !there.contains(name))
                        .toList()
                : update.removed();
        for (String name : gone) {
            if (versions.remove(name) != null) {
                target.remove(name);
            }
        }
    }

    /** Version by name of what is in use. */
    Map<String, String> versions() {
        return Map.copyOf(versions);
    }
}
