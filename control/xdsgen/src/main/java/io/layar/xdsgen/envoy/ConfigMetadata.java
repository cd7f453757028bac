package io.layar.xdsgen.envoy;

import com.google.protobuf.Struct;
import io.envoyproxy.envoy.config.core.v3.Metadata;
import io.layar.config.Resource;
import java.util.Locale;

/** The metadata entry {@code istio.config}: which configuration object made a route, chain or cluster. */
public final class ConfigMetadata {
    public static final String ISTIO_KEY = "istio";

    private ConfigMetadata() {}

    /** Of an Istio object, always in the version that storage uses. */
    public static Metadata of(Resource<?> owner) {
        return of(path(owner));
    }

    /** Of an object that is known by its names alone. */
    public static Metadata of(String apiVersion, String kebabKind, String namespace, String name) {
        return of(path(apiVersion, kebabKind, namespace, name));
    }

    private static Metadata of(String path) {
        return Metadata.newBuilder()
                .putFilterMetadata(
                        ISTIO_KEY,
                        Struct.newBuilder()
                                .putFields("config", Protos.text(path))
                                .build())
                .build();
    }

    /** {@code /apis/networking.istio.io/v1/namespaces/NS/virtual-service/NAME}. */
    public static String path(Resource<?> owner) {
        return path(owner.kind().apiVersion(), kebab(owner.kind().name()), owner.namespace(), owner.name());
    }

    private static String path(String apiVersion, String kebabKind, String namespace, String name) {
        return "/apis/" + apiVersion + "/namespaces/" + namespace + "/" + kebabKind + "/" + name;
    }

    /** {@code Kind/namespace/name}: how provenance names an object. */
    public static String origin(Resource<?> owner) {
        return owner.kind().name() + "/" + owner.namespace() + "/" + owner.name();
    }

    private static String kebab(String kind) {
        return kind.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }
}
