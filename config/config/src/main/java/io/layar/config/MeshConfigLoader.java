package io.layar.config;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.layar.base.Problem;
import io.layar.config.decode.Decoder;
import io.layar.config.decode.Dialect;
import io.layar.config.decode.FieldPath;
import io.layar.config.decode.Records;
import io.layar.config.mesh.MeshConfig;
import io.layar.config.mesh.MeshNetworks;
import io.layar.config.mesh.ProxyConfig;
import io.layar.config.yaml.Value;
import io.layar.config.yaml.YamlLimits;
import io.layar.config.yaml.YamlReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Mesh configuration: the built-in defaults, over them the values of a default installation joined with the user's file.
 *
 * <p>Rules: the user's maps join those of the installation, lists replace. Over the built-in defaults a field replaces the
 * whole field, except that {@code defaultConfig} and {@code defaultProviders} are replaced field by field,
 * {@code proxyMetadata} entry by entry, {@code extensionProviders} join by name, and {@code trustDomainAliases} add up.
 * Errors: as problems; what could be read is used. Thread: any.
 */
public final class MeshConfigLoader {
    private static final FieldPath PROXY_CONFIG = FieldPath.ROOT.field("defaultConfig");

    private static final ImmutableSet<String> KEPT_PROXY_HEADERS =
            ImmutableSet.of("forwardedClientCert", "requestId", "attemptCount", "server", "envoyDebugHeaders");

    private final YamlReader yaml = new YamlReader(YamlLimits.DEFAULT);
    private final Decoder decoder = new Decoder(Dialect.PROTO_JSON);
    private final Value.Obj builtIn;
    private final Value.Obj installation;

    public MeshConfigLoader() {
        builtIn = object(yaml.read("built-in", MeshDefaults.BUILT_IN));
        installation = object(yaml.read("installation", MeshDefaults.INSTALLATION));
    }

    /** Mesh configuration and networks, and what is wrong with the text they came from. */
    public record Loaded(MeshConfig mesh, MeshNetworks networks, ImmutableList<Problem> problems) {
        public boolean hasErrors() {
            return problems.stream().anyMatch(Problem::isError);
        }
    }

    /** The configuration of a proxy, and what is wrong with the text it came from. */
    public record LoadedProxy(ProxyConfig config, ImmutableList<Problem> problems) {}

    /** The configuration of a mesh whose user says nothing. */
    public MeshConfig defaults() {
        return load("", "").mesh();
    }

    /** Reads a file of MeshConfig fields; mesh networks may be given under the key {@code networks}. */
    public Loaded load(String file, String text) {
        var read = yaml.read(file, text);
        var problems = new ArrayList<>(read.problems());
        var user = canonical(object(read));
        var networks = networks(user.fields().getOrDefault("networks", Value.Obj.EMPTY), problems);
        var fields = new LinkedHashMap<>(deepMerge(installation, user).fields());
        fields.remove("networks");
        var merged = overBuiltIn(new Value.Obj(ImmutableMap.copyOf(fields), user.keys(), user.at()));
        var mesh = decoder.decode(MeshConfig.class, merged, FieldPath.ROOT, problems);
        return new Loaded(
                mesh == null ? Records.empty(MeshConfig.class) : mesh, networks, ImmutableList.copyOf(problems));
    }

    /** Reads a file of mesh networks: {@code networks:} and below it each network by name. */
    public Loaded loadNetworks(String file, String text) {
        var read = yaml.read(file, text);
        var problems = new ArrayList<>(read.problems());
        var networks = networks(object(read).fields().getOrDefault("networks", Value.Obj.EMPTY), problems);
        return new Loaded(defaults(), networks, ImmutableList.copyOf(problems));
    }

    /** The proxy configuration of the annotation {@code proxy.istio.io/config} over that of the mesh. */
    public LoadedProxy mergeProxyConfig(ProxyConfig base, String file, String text) {
        var read = yaml.read(file, text);
        var merged = mergeProxyConfig(base, object(read));
        return new LoadedProxy(
                merged.config,
                ImmutableList.<Problem>builder()
                        .addAll(read.problems())
                        .addAll(merged.problems)
                        .build());
    }

    /** Proxy configuration over that of the mesh: field by field, {@code proxyMetadata} entry by entry. */
    public LoadedProxy mergeProxyConfig(ProxyConfig base, Value.Obj overlay) {
        return proxyConfig(overProxyConfig(Decoder.encode(base), canonical(overlay)));
    }

    /** A whole proxy configuration, as a proxy's node metadata carries it in {@code PROXY_CONFIG}. */
    public LoadedProxy proxyConfig(Value.Obj value) {
        var problems = new ArrayList<Problem>();
        var config = decoder.decode(ProxyConfig.class, value, PROXY_CONFIG, problems);
        return new LoadedProxy(
                config == null ? Records.empty(ProxyConfig.class) : config, ImmutableList.copyOf(problems));
    }

    private MeshNetworks networks(Value value, List<Problem> problems) {
        var wrapped =
                new Value.Obj(ImmutableMap.of("networks", value), ImmutableMap.of("networks", value.at()), value.at());
        var networks = decoder.decode(MeshNetworks.class, wrapped, FieldPath.ROOT, problems);
        return networks == null ? new MeshNetworks(ImmutableMap.of()) : networks;
    }

    private Value.Obj overBuiltIn(Value.Obj user) {
        var fields = new LinkedHashMap<>(builtIn.fields());
        user.fields().forEach((name, value) -> {
            var below = fields.get(name);
            fields.put(name, below == null ? value : over(name, below, value));
        });
        return new Value.Obj(ImmutableMap.copyOf(fields), user.keys(), user.at());
    }

    private static Value over(String name, Value below, Value value) {
        if (below instanceof Value.Obj base && value instanceof Value.Obj top) {
            return switch (name) {
                case "defaultConfig" -> overProxyConfig(base, canonical(top));
                case "defaultProviders" -> replaceFields(base, canonical(top));
                default -> value;
            };
        }
        if (below instanceof Value.Arr base && value instanceof Value.Arr top) {
            return switch (name) {
                case "extensionProviders" -> joinByName(base, top);
                case "trustDomainAliases" -> union(base, top);
                default -> value;
            };
        }
        return value instanceof Value.Null ? below : value;
    }

    private static Value.Obj overProxyConfig(Value.Obj below, Value.Obj above) {
        var fields = new LinkedHashMap<>(replaceFields(below, above).fields());
        if (below.get("proxyMetadata") instanceof Value.Obj base
                && above.get("proxyMetadata") instanceof Value.Obj top) {
            fields.put("proxyMetadata", replaceFields(base, top));
        }
        if (below.get("proxyHeaders") instanceof Value.Obj base && above.get("proxyHeaders") instanceof Value.Obj top) {
            var kept = new LinkedHashMap<>(base.fields());
            kept.keySet().retainAll(KEPT_PROXY_HEADERS);
            fields.put("proxyHeaders", replaceFields(Value.Obj.of(ImmutableMap.copyOf(kept)), canonical(top)));
        }
        if (above.get("serviceCluster") != null || above.get("tracingServiceName") != null) {
            fields.remove(above.get("serviceCluster") != null ? "tracingServiceName" : "serviceCluster");
        }
        return new Value.Obj(ImmutableMap.copyOf(fields), above.keys(), above.at());
    }

    private static Value.Obj replaceFields(Value.Obj below, Value.Obj above) {
        var fields = new LinkedHashMap<>(below.fields());
        above.fields().forEach((name, value) -> {
            if (!(value instanceof Value.Null)) {
                fields.put(name, value);
            }
        });
        return new Value.Obj(ImmutableMap.copyOf(fields), above.keys(), above.at());
    }

    private static Value joinByName(Value.Arr below, Value.Arr above) {
        var providers = new ArrayList<>(below.items());
        for (var provider : above.items()) {
            var name = name(provider);
            int same = -1;
            for (int i = 0; i < providers.size() && name != null; i++) {
                same = name.equals(name(providers.get(i))) ? i : same;
            }
            if (same >= 0) {
                providers.set(same, provider);
            } else {
                providers.add(provider);
            }
        }
        return new Value.Arr(ImmutableList.copyOf(providers), above.at());
    }

    private static @Nullable String name(Value provider) {
        return provider instanceof Value.Obj object ? object.text("name") : null;
    }

    private static Value union(Value.Arr below, Value.Arr above) {
        var names = new TreeSet<String>();
        var items = ImmutableList.<Value>builder();
        for (var list : List.of(below, above)) {
            for (var item : list.items()) {
                if (item instanceof Value.Str(var text, var _)) {
                    names.add(text);
                } else {
                    items.add(item);
                }
            }
        }
        names.forEach(name -> items.add(new Value.Str(name, above.at())));
        return new Value.Arr(items.build(), above.at());
    }

    private static Value.Obj deepMerge(Value.Obj below, Value.Obj above) {
        var fields = new LinkedHashMap<>(below.fields());
        above.fields().forEach((name, value) -> {
            boolean both = fields.get(name) instanceof Value.Obj && value instanceof Value.Obj;
            fields.merge(name, value, (base, top) -> both ? deepMerge((Value.Obj) base, (Value.Obj) top) : top);
        });
        return new Value.Obj(ImmutableMap.copyOf(fields), above.keys(), above.at());
    }

    /** The object with original field names such as {@code default_config} in camel case. */
    private static Value.Obj canonical(Value.Obj object) {
        var fields = new LinkedHashMap<String, Value>();
        object.fields().forEach((name, value) -> fields.putIfAbsent(Records.jsonName(name), value));
        return new Value.Obj(ImmutableMap.copyOf(fields), object.keys(), object.at());
    }

    private static Value.Obj object(YamlReader.Read read) {
        return !read.documents().isEmpty() && read.documents().get(0) instanceof Value.Obj object
                ? object
                : Value.Obj.EMPTY;
    }
}
