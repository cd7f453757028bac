package io.layar.mesh.service;

import com.google.common.collect.ImmutableSortedSet;
import java.util.Collection;

/** To which namespaces something is exported. Shape: {@code *}, {@code ~}, or namespaces; {@code .} is already resolved. */
public record Visibility(ImmutableSortedSet<String> to) {
    public static final String PUBLIC = "*";
    public static final String NONE = "~";
    public static final Visibility ALL = new Visibility(ImmutableSortedSet.of(PUBLIC));
    /** Nothing was said; the mesh's default decides. */
    public static final Visibility UNSET = new Visibility(ImmutableSortedSet.of());

    /** Of an {@code exportTo} list in {@code namespace}. */
    public static Visibility of(Collection<String> exportTo, String namespace) {
        var to = ImmutableSortedSet.<String>naturalOrder();
        for (String item : exportTo) {
            to.add(item.equals(".") ? namespace : item);
        }
        return new Visibility(to.build());
    }

    public boolean isUnset() {
        return to.isEmpty();
    }

    public boolean isPublic() {
        return to.contains(PUBLIC);
    }

    public boolean isNone() {
        return to.contains(NONE);
    }

    /** Is it seen from {@code namespace}? An unset visibility is not: resolve the default first. */
    public boolean includes(String namespace) {
        return isPublic() || (!isNone() && to.contains(namespace));
    }
}
