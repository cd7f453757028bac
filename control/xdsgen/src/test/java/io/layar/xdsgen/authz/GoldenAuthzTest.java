package io.layar.xdsgen.authz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.protobuf.Message;
import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter;
import io.layar.config.Kinds;
import io.layar.config.MeshConfigLoader;
import io.layar.config.Resource;
import io.layar.config.ResourceReader;
import io.layar.config.Validation;
import io.layar.config.mesh.MeshConfig;
import io.layar.config.security.AuthorizationPolicy;
import io.layar.config.yaml.Value;
import io.layar.config.yaml.YamlLimits;
import io.layar.config.yaml.YamlReader;
import io.layar.mesh.service.Registry;
import io.layar.mesh.service.Resolution;
import io.layar.mesh.service.Service;
import io.layar.mesh.service.Visibility;
import io.layar.xdsgen.envoy.EnvoyTypes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The filters of recorded AuthorizationPolicies are those that Istio's control plane makes of them. */
class GoldenAuthzTest {
    private static final String AUTHORIZER = "my-custom-ext-authz.foo.svc.cluster.local";
    private static final Path GOLDEN =
            Path.of(System.getProperty("layar.shared", "../shared")).resolve("golden/authz");

    @TestFactory
    Stream<DynamicTest> filtersAreAsRecorded() throws IOException {
        assumeTrue(Files.isDirectory(GOLDEN), "no recorded filters at " + GOLDEN);
        List<JsonObject> cases = new ArrayList<>();
        JsonParser.parseString(Files.readString(GOLDEN.resolve("cases.json")))
                .getAsJsonArray()
                .forEach(one -> cases.add(one.getAsJsonObject()));
        return cases.stream().map(one -> DynamicTest.dynamicTest(one.get("id").getAsString(), () -> compare(one)));
    }

    private static void compare(JsonObject one) throws IOException {
        List<JsonElement> expected = new ArrayList<>();
        boolean tcp = one.get("protocol").getAsString().equals("tcp");
        for (JsonElement file : one.getAsJsonArray("expected")) {
            Message.Builder filter = tcp ? Filter.newBuilder() : HttpFilter.newBuilder();
            EnvoyTypes.fromJson(json(GOLDEN.resolve(file.getAsString())), filter);
            expected.add(JsonParser.parseString(EnvoyTypes.toJson(filter.build())));
        }
        List<JsonElement> made = made(one, tcp).stream()
                .map(EnvoyTypes::toJson)
                .map(JsonParser::parseString)
                .toList();
        assertThat(made).containsExactlyElementsOf(expected);
    }

    private static List<? extends Message> made(JsonObject one, boolean tcp) throws IOException {
        WorkloadPolicies policies = policies(GOLDEN.resolve(one.get("input").getAsString()));
        String domain = one.has("trust_domain") ? one.get("trust_domain").getAsString() : "";
        List<String> aliases = new ArrayList<>();
        if (one.has("trust_domain_aliases")) {
            one.getAsJsonArray("trust_domain_aliases").forEach(alias -> aliases.add(alias.getAsString()));
        }
        if (!one.has("custom_action_builder")) {
            RuleFilters filters = new RuleFilters(policies, domain, aliases);
            return tcp ? filters.tcp() : filters.http();
        }
        Authorizers authorizers = new Authorizers(
                mesh(one.get("mesh_config").getAsString()),
                host -> host.equals(AUTHORIZER) ? List.of(service()) : List.of());
        CustomFilters filters = new CustomFilters(policies, authorizers, domain, aliases, false);
        return tcp ? filters.tcp() : filters.http();
    }

    private static MeshConfig mesh(String reference) throws IOException {
        List<String> parts = List.of(reference.split("#", -1));
        JsonObject all = JsonParser.parseString(Files.readString(GOLDEN.resolve(parts.getFirst())))
                .getAsJsonObject();
        return new MeshConfigLoader()
                .load(reference, all.get(parts.getLast()).toString())
                .mesh();
    }

    private static WorkloadPolicies policies(Path file) throws IOException {
        ImmutableList.Builder<Resource<AuthorizationPolicy>> out = ImmutableList.builder();
        var parsed = new ResourceReader(Validation.Rules.NONE).read(file.toString(), Files.readString(file));
        parsed.resources().forEach(resource -> out.add(resource.as(Kinds.AUTHORIZATION_POLICY)));
        return new WorkloadPolicies(out.build());
    }

    private static String json(Path yaml) throws IOException {
        var documents = new YamlReader(YamlLimits.DEFAULT)
                .read(yaml.toString(), Files.readString(yaml))
                .documents();
        return new Gson().toJson(plain(documents.getFirst()));
    }

    private static @Nullable Object plain(Value value) {
        return switch (value) {
            case Value.Obj object -> {
                Map<String, @Nullable Object> out = new LinkedHashMap<>();
                object.fields().forEach((name, item) -> out.put(name, plain(item)));
                yield out;
            }
            case Value.Arr list ->
                list.items().stream().map(GoldenAuthzTest::plain).toList();
            case Value.Str text -> text.value();
            case Value.Num number -> number.toDouble();
            case Value.Bool flag -> flag.value();
            case Value.Null _ -> null;
        };
    }

    private static Service service() {
        return new Service(
                AUTHORIZER,
                "foo",
                "my-custom-ext-authz",
                Registry.KUBERNETES,
                Resolution.CLIENT_SIDE_LB,
                false,
                ImmutableList.of(),
                Service.Addresses.NONE,
                Visibility.ALL,
                ImmutableSortedMap.of(),
                ImmutableSortedMap.of(),
                ImmutableSortedSet.of(),
                Service.KubernetesTraits.NONE,
                null,
                ImmutableList.of());
    }
}
