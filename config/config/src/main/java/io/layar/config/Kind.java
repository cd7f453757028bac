package io.layar.config;

import com.google.common.collect.ImmutableList;
import org.jspecify.annotations.Nullable;

/**
 * A kind of object and the record that holds what it says.
 *
 * <p>Shape: {@code group} is empty for Kubernetes' core group. {@code versions} are all served versions, the preferred one
 * first; the content is the same in each. {@code S} is the record of {@code spec} for kinds with {@link Body#SPEC}, and of
 * everything beside the metadata for {@link Body#WHOLE}. Equality: by group and name.
 */
public record Kind<S extends Record>(
        String group,
        String name,
        String plural,
        ImmutableList<String> versions,
        Scope scope,
        Body body,
        Class<S> type,
        @Nullable Class<? extends Record> statusType) {

    /** Whether objects of a kind live in a namespace or belong to the whole cluster. */
    public enum Scope {
        NAMESPACED,
        CLUSTER
    }

    /** Where the content of an object is: below {@code spec}, with unknown fields refused, or beside the metadata. */
    public enum Body {
        SPEC,
        WHOLE
    }

    public boolean isNamespaced() {
        return scope == Scope.NAMESPACED;
    }

    /** The preferred version, as objects write it: {@code group/version}, or the version alone for the core group. */
    public String apiVersion() {
        return group.isEmpty() ? versions.get(0) : group + "/" + versions.get(0);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Kind<?> that && group.equals(that.group) && name.equals(that.name);
    }

    @Override
    public int hashCode() {
        return 31 * group.hashCode() + name.hashCode();
    }

    @Override
    public String toString() {
        return group.isEmpty() ? name : name + "." + group;
    }
}
