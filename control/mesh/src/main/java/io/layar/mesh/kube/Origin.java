package io.layar.mesh.kube;

import io.layar.config.Resource;

/** How a configuration object is named where it took part in something: {@code Kind/namespace/name}. */
public final class Origin {
    private Origin() {}

    public static String of(Resource<?> resource) {
        return resource.kind().name() + "/" + resource.metadata().namespace() + "/"
                + resource.metadata().name();
    }
}
