package io.layar.acceptance;

import io.envoyproxy.envoy.config.core.v3.Locality;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.layar.config.ConfigSet;
import io.layar.config.MeshConfigLoader;
import io.layar.config.Resource;
import io.layar.config.ResourceReader;
import io.layar.config.Validation;
import io.layar.config.yaml.Value;
import io.layar.config.yaml.YamlLimits;
import io.layar.config.yaml.YamlReader;
import io.layar.discovery.push.SnapshotMesh;
import io.layar.mesh.Features;
import io.layar.mesh.MeshSettings;
import io.layar.mesh.proxy.Proxy;
import io.layar.xdsgen.envoy.Protos;
import io.layar.xdsgen.translate.ProxiesFile;
import io.layar.xdsgen.translate.Translate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One recorded case: its mesh, and its proxies as xDS nodes. */
record GoldenCase(String name, SnapshotMesh mesh, List<Node> nodes) {
    private static final Path CASES = LayarProcess.SHARED.resolve("golden/xds/cases");
    private static final Path SETS = LayarProcess.SHARED.resolve("golden/xds/sets");

    /** Names of the cases of a set. */
    static List<String> namesOf(String set) throws IOException {
        return Files.readAllLines(SETS.resolve(set + ".txt")).stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .toList();
    }

    static boolean areThere() {
        return Files.isDirectory(CASES);
    }

    static GoldenCase read(String name) throws IOException {
        Path folder = CASES.resolve(name);
        List<Resource<?>> resources = new ArrayList<>();
        new ResourceReader(Validation.Rules.NONE)
                .read("input.yaml", Files.readString(folder.resolve("input.yaml")))
                .resources()
                .forEach(resource -> resources.add(Translate.dated(resource)));
        Path meshFile = folder.resolve("mesh.yaml");
        var mesh = new MeshConfigLoader().load("mesh.yaml", Files.exists(meshFile) ? Files.readString(meshFile) : "");
        MeshSettings settings = new MeshSettings(
                MeshSettings.DEFAULT.clusterId(),
                MeshSettings.DEFAULT.domain(),
                MeshSettings.DEFAULT.systemNamespace(),
                Features.of(environment(folder.resolve("case.yaml"))));
        List<Node> nodes = new ArrayList<>();
        ProxiesFile.read("proxies.yaml", Files.readString(folder.resolve("proxies.yaml")), settings.clusterId())
                .proxies()
                .forEach(named -> nodes.add(node(named.proxy())));
        return new GoldenCase(
                name, SnapshotMesh.of(settings, ConfigSet.copyOf(resources), mesh.mesh(), mesh.networks()), nodes);
    }

    private static Map<String, String> environment(Path file) throws IOException {
        Map<String, String> environment = new HashMap<>();
        for (Value document : new YamlReader(YamlLimits.DEFAULT)
                .read("case.yaml", Files.readString(file))
                .documents()) {
            if (document instanceof Value.Obj object && object.get("environment") instanceof Value.Obj variables) {
                variables.fields().forEach((key, value) -> environment.put(key, text(value)));
            }
        }
        return environment;
    }

    private static String text(Value value) {
        return switch (value) {
            case Value.Str(String string, var _) -> string;
            case Value.Num(String literal, var _) -> literal;
            case Value.Bool(boolean flag, var _) -> Boolean.toString(flag);
            default -> "";
        };
    }

    private static Node node(Proxy proxy) {
        return Node.newBuilder()
                .setId(proxy.type().id() + "~" + proxy.ips().getFirst() + "~" + proxy.id() + "~" + proxy.dnsDomain())
                .setCluster(proxy.id())
                .setMetadata(Protos.struct(proxy.metadata().fields()))
                .setLocality(Locality.newBuilder()
                        .setRegion(proxy.locality().region())
                        .setZone(proxy.locality().zone())
                        .setSubZone(proxy.locality().subzone()))
                .build();
    }
}
