package io.layar.mesh.kube;

import io.layar.config.mesh.MeshConfig;
import io.layar.config.mesh.ServiceEntryVisibility;
import io.layar.mesh.LabelSelectors;
import io.layar.mesh.service.Visibility;
import java.util.List;
import java.util.Map;

/** Whom a mesh lets a namespace's ServiceEntries be seen by, whatever they say themselves. */
final class EntryVisibility {
    private final MeshConfig mesh;
    private final Map<String, Map<String, String>> namespaceLabels;

    EntryVisibility(MeshConfig mesh, Map<String, Map<String, String>> namespaceLabels) {
        this.mesh = mesh;
        this.namespaceLabels = namespaceLabels;
    }

    /** What {@code exportTo} says, narrowed to what the mesh allows. */
    Visibility capped(List<String> exportTo, String namespace) {
        Visibility said = exportTo.isEmpty() ? Visibility.UNSET : Visibility.of(exportTo, namespace);
        ServiceEntryVisibility rule = mesh.serviceEntryVisibility();
        if (rule == null || !rule.applyToSidecars() || (said.to().size() == 1 && said.isNone())) {
            return said;
        }
        return switch (allowed(rule, namespace)) {
            case VISIBILITY_UNSPECIFIED, PUBLIC -> said;
            case NONE -> Visibility.of(List.of(Visibility.NONE), namespace);
            case NAMESPACE -> {
                Visibility declared = said.isUnset() ? Visibility.of(mesh.defaultServiceExportTo(), namespace) : said;
                boolean own = declared.isPublic()
                        || declared.isUnset()
                        || declared.to().contains(namespace);
                yield Visibility.of(List.of(own ? namespace : Visibility.NONE), namespace);
            }
        };
    }

    private ServiceEntryVisibility.Visibility allowed(ServiceEntryVisibility rule, String namespace) {
        Map<String, String> labels = namespaceLabels.getOrDefault(namespace, Map.of());
        for (ServiceEntryVisibility.Policy policy : rule.policies()) {
            boolean fits = policy.matchingRules().stream()
                    .allMatch(r -> r.namespaceSelector() != null && LabelSelectors.fits(r.namespaceSelector(), labels));
            if (fits) {
                return policy.visibility();
            }
        }
        return rule.defaultVisibility();
    }
}
