package io.layar.xdsgen.telemetry;

import com.google.common.collect.ImmutableList;
import io.envoyproxy.envoy.type.metadata.v3.MetadataKey;
import io.envoyproxy.envoy.type.metadata.v3.MetadataKind;
import io.envoyproxy.envoy.type.tracing.v3.CustomTag;
import io.layar.config.mesh.Tracing;
import io.layar.mesh.proxy.IstioVersion;
import io.layar.mesh.proxy.Proxy;
import io.layar.xdsgen.json.NewerField;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tags on spans: who the workload is, what dry-run policies decided, and the user's own. */
final class TraceTags {
    private static final IstioVersion FORMATTERS_SINCE = new IstioVersion(1, 29, 0);
    private static final ImmutableList<CustomTag> DRY_RUN_TAGS = ImmutableList.of(
            dryRun("allow_policy.name", "istio_dry_run_allow_shadow_effective_policy_id"),
            dryRun("allow_policy.result", "istio_dry_run_allow_shadow_engine_result"),
            dryRun("deny_policy.name", "istio_dry_run_deny_shadow_effective_policy_id"),
            dryRun("deny_policy.result", "istio_dry_run_deny_shadow_engine_result"));

    private TraceTags() {}

    /**
     * Order: by name.
     *
     * @param telemetry the Telemetry resource's tags, which take the place of those of the proxy configuration
     */
    static List<CustomTag> of(
            Proxy proxy,
            boolean istioTags,
            Map<String, io.layar.config.telemetry.Tracing.CustomTag> telemetry,
            @Nullable Tracing proxyTracing) {
        List<CustomTag> tags = new ArrayList<>();
        if (istioTags) {
            tags.addAll(workload(proxy));
            tags.addAll(DRY_RUN_TAGS);
        }
        if (telemetry.isEmpty()) {
            if (proxyTracing != null) {
                proxyTracing.customTags().forEach((name, tag) -> addIfSet(tag(name, tag), tags));
            }
        } else {
            telemetry.forEach((name, tag) -> addIfSet(tag(name, tag, proxy), tags));
        }
        tags.sort(Comparator.comparing(CustomTag::getTag));
        return tags;
    }

    private static void addIfSet(@Nullable CustomTag tag, List<CustomTag> tags) {
        if (tag != null) {
            tags.add(tag);
        }
    }

    private static List<CustomTag> workload(Proxy proxy) {
        return List.of(
                literal("istio.canonical_revision", label(proxy, "service.istio.io/canonical-revision", "latest")),
                literal("istio.canonical_service", label(proxy, "service.istio.io/canonical-name", "unknown")),
                literal("istio.mesh_id", metadata(proxy, "MESH_ID", "unknown")),
                literal("istio.namespace", metadata(proxy, "NAMESPACE", "default")),
                literal("istio.cluster_id", metadata(proxy, "CLUSTER_ID", "unknown")));
    }

    private static String label(Proxy proxy, String key, String otherwise) {
        String value = proxy.labels().getOrDefault(key, "");
        return value.isEmpty() ? otherwise : value;
    }

    private static String metadata(Proxy proxy, String key, String otherwise) {
        String value = proxy.metadata().text(key);
        return value.isEmpty() ? otherwise : value;
    }

    private static @Nullable CustomTag tag(String name, io.layar.config.telemetry.Tracing.CustomTag tag, Proxy proxy) {
        if (tag.literal() != null) {
            return literal(name, tag.literal().value());
        }
        if (tag.environment() != null) {
            return environment(name, tag.environment().name(), tag.environment().defaultValue());
        }
        if (tag.header() != null) {
            return header(name, tag.header().name(), tag.header().defaultValue());
        }
        if (tag.formatter() != null) {
            if (proxy.version().compareTo(FORMATTERS_SINCE) < 0) {
                return null;
            }
            CustomTag.Builder out = CustomTag.newBuilder().setTag(name);
            NewerField.CUSTOM_TAG_VALUE.set(out, tag.formatter().value());
            return out.build();
        }
        return CustomTag.newBuilder().setTag(name).build();
    }

    private static @Nullable CustomTag tag(String name, Tracing.CustomTag tag) {
        if (tag.literal() != null) {
            return literal(name, tag.literal().value());
        }
        if (tag.environment() != null) {
            return environment(name, tag.environment().name(), tag.environment().defaultValue());
        }
        return tag.header() == null
                ? null
                : header(name, tag.header().name(), tag.header().defaultValue());
    }

    private static CustomTag literal(String name, String value) {
        return CustomTag.newBuilder()
                .setTag(name)
                .setLiteral(CustomTag.Literal.newBuilder().setValue(value))
                .build();
    }

    private static CustomTag environment(String name, String variable, String otherwise) {
        return CustomTag.newBuilder()
                .setTag(name)
                .setEnvironment(
                        CustomTag.Environment.newBuilder().setName(variable).setDefaultValue(otherwise))
                .build();
    }

    private static CustomTag header(String name, String header, String otherwise) {
        return CustomTag.newBuilder()
                .setTag(name)
                .setRequestHeader(CustomTag.Header.newBuilder().setName(header).setDefaultValue(otherwise))
                .build();
    }

    /** Stays empty where no dry-run policy is: there is no default value. */
    private static CustomTag dryRun(String name, String key) {
        return CustomTag.newBuilder()
                .setTag("istio.authorization.dry_run." + name)
                .setMetadata(CustomTag.Metadata.newBuilder()
                        .setKind(MetadataKind.newBuilder().setRequest(MetadataKind.Request.getDefaultInstance()))
                        .setMetadataKey(MetadataKey.newBuilder()
                                .setKey("envoy.filters.http.rbac")
                                .addPath(MetadataKey.PathSegment.newBuilder().setKey(key))))
                .build();
    }
}
