package io.layar.config.kubernetes;

import com.google.common.collect.ImmutableMap;
import org.jspecify.annotations.Nullable;

/** The pod that a workload makes copies of. */
public record PodTemplate(
        @Nullable TemplateMetadata metadata, @Nullable PodSpec spec) {
    /** The {@code TemplateMetadata} message of {@link PodTemplate}. */
    public record TemplateMetadata(
            String name, ImmutableMap<String, String> labels, ImmutableMap<String, String> annotations) {}
}
