package io.layar.xdsgen.translate;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.protobuf.Message;
import io.layar.base.Problem;
import io.layar.config.ConfigSet;
import io.layar.config.MeshConfigLoader;
import io.layar.config.Metadata;
import io.layar.config.Resource;
import io.layar.config.ResourceReader;
import io.layar.config.Validation;
import io.layar.mesh.Features;
import io.layar.mesh.MeshSettings;
import io.layar.mesh.MeshSnapshot;
import io.layar.mesh.ProxyView;
import io.layar.xdsgen.XdsResource;
import io.layar.xdsgen.envoy.EnvoyTypes;
import io.layar.xdsgen.json.JsonText;
import io.layar.xdsgen.json.JsonTree;
import io.layar.xdsgen.json.Normalizer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The Envoy configuration of proxies from files, without a cluster.
 *
 * <p>Errors: bad resources are problems and are left out; the others live on. Thread: any.
 */
public final class Translate {
    private static final Instant UNKNOWN_AGE = Instant.parse("2024-01-01T00:00:00Z");

    /** What to translate: texts by their file names, the mesh's configuration (empty for the defaults), the proxies. */
    public record Request(
            ImmutableMap<String, String> resources,
            String meshFile,
            String mesh,
            String proxiesFile,
            String proxies,
            ImmutableMap<String, String> environment) {}

    /** Files by their path below the output folder, and what was wrong with the input. */
    public record Result(ImmutableMap<String, String> files, ImmutableList<Problem> problems) {}

    private final Validation.Rules rules;
    private final MeshConfigLoader meshLoader = new MeshConfigLoader();
    private final JsonTree json = new JsonTree(memoized());

    /** @param rules what a resource must keep to, as admission would see to */
    public Translate(Validation.Rules rules) {
        this.rules = rules;
    }

    private static Function<String, Message> memoized() {
        Map<String, Message> known = new ConcurrentHashMap<>();
        return name -> known.computeIfAbsent(name, Translate::prototype);
    }

    private static Message prototype(String name) {
        Message found = EnvoyTypes.prototype(name);
        if (found == null) {
            throw new IllegalStateException("type: " + name + " (expected: a type of Envoy's API)");
        }
        return found;
    }

    public Result run(Request request) {
        List<Problem> problems = new ArrayList<>();
        ResourceReader reader = new ResourceReader(rules);
        List<Resource<?>> resources = new ArrayList<>();
        request.resources.forEach((file, text) -> {
            ResourceReader.Parsed parsed = reader.read(file, text);
            problems.addAll(parsed.problems());
            parsed.resources().forEach(r -> resources.add(dated(r)));
        });
        MeshConfigLoader.Loaded mesh = meshLoader.load(request.meshFile, request.mesh);
        problems.addAll(mesh.problems());
        MeshSettings settings = new MeshSettings(
                MeshSettings.DEFAULT.clusterId(),
                MeshSettings.DEFAULT.domain(),
                MeshSettings.DEFAULT.systemNamespace(),
                Features.of(request.environment));
        MeshSnapshot snapshot = MeshSnapshot.of(settings, ConfigSet.copyOf(resources), mesh.mesh(), mesh.networks());
        ProxiesFile.Read proxies = ProxiesFile.read(request.proxiesFile, request.proxies, settings.clusterId());
        problems.addAll(proxies.problems());
        Map<String, String> files = new LinkedHashMap<>();
        for (ProxiesFile.Named named : proxies.proxies()) {
            write(named.name(), ProxyView.of(snapshot, named.proxy()), files);
        }
        return new Result(ImmutableMap.copyOf(files), ImmutableList.copyOf(problems));
    }

    /** Istio's objects have an age, Kubernetes' here have none: which is older decides conflicts. */
    public static <S extends Record> Resource<S> dated(Resource<S> resource) {
        Metadata m = resource.metadata();
        if (m.creationTimestamp() != null || !resource.kind().group().endsWith("istio.io")) {
            return resource;
        }
        return resource.withMetadata(new Metadata(
                m.name(),
                m.namespace(),
                m.generateName(),
                m.uid(),
                m.resourceVersion(),
                m.generation(),
                UNKNOWN_AGE,
                m.deletionTimestamp(),
                m.labels(),
                m.annotations(),
                m.ownerReferences(),
                m.finalizers()));
    }

    private void write(String folder, ProxyView view, Map<String, String> files) {
        ProxyResources resources = ProxyResources.of(view);
        put(files, folder + "/clusters.json", resources.clusters());
        put(files, folder + "/endpoints.json", resources.endpoints());
        put(files, folder + "/listeners.json", resources.listeners());
        put(files, folder + "/routes.json", resources.routes());
        if (!resources.extensions().isEmpty()) {
            put(files, folder + "/extensions.json", resources.extensions());
        }
        if (!resources.nameTables().isEmpty()) {
            put(files, folder + "/nametable.json", resources.nameTables());
        }
    }

    private void put(Map<String, String> files, String path, List<XdsResource> resources) {
        files.put(path, text(resources));
    }

    /** Resources as JSON. Order: by name. */
    public String text(List<XdsResource> resources) {
        Map<String, List<Object>> byName = new TreeMap<>(Comparator.naturalOrder());
        for (XdsResource resource : resources) {
            byName.computeIfAbsent(resource.name(), k -> new ArrayList<>())
                    .add(Normalizer.normalize(json.of(resource.message())));
        }
        List<Object> sorted = new ArrayList<>();
        byName.values().forEach(sorted::addAll);
        return JsonText.pretty(sorted);
    }
}
