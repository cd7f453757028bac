package io.layar.xdsgen.authz;

import com.google.common.collect.ImmutableList;
import io.envoyproxy.envoy.config.core.v3.TypedExtensionConfig;
import io.envoyproxy.envoy.config.rbac.v3.Permission;
import io.envoyproxy.envoy.extensions.path.match.uri_template.v3.UriTemplateMatchConfig;
import io.envoyproxy.envoy.type.matcher.v3.ListMatcher;
import io.envoyproxy.envoy.type.matcher.v3.MetadataMatcher;
import io.envoyproxy.envoy.type.matcher.v3.MetadataMatcher.PathSegment;
import io.envoyproxy.envoy.type.matcher.v3.PathMatcher;
import io.envoyproxy.envoy.type.matcher.v3.ValueMatcher;
import io.layar.config.security.Condition;
import io.layar.config.security.Operation;
import io.layar.xdsgen.authz.AttributeTest.Each;
import io.layar.xdsgen.authz.AttributeTest.Matcher;
import io.layar.xdsgen.authz.AttributeTest.Together;
import io.layar.xdsgen.envoy.Addresses;
import io.layar.xdsgen.envoy.Protos;
import java.util.List;
import java.util.Optional;

/** What a rule says about what is done: operations, and conditions on the destination and on metadata. */
final class PermissionTests {
    private static final String METADATA = "experimental.envoy.filters.";
    private static final String EXPERIMENTAL = "experimental.";
    private static final String ONE_SEGMENT = "{*}";
    private static final String ANY_SEGMENTS = "{**}";
    private static final int MAX_PORT = 65535;
    private static final Matcher<Permission> PORT = new Each<>(PermissionTests::port);

    private final boolean tcp;

    PermissionTests(boolean tcp) {
        this.tcp = tcp;
    }

    /** Order: hosts, methods, paths, ports. */
    ImmutableList<AttributeTest<Permission>> ofOperation(Operation operation) {
        return ImmutableList.of(
                new AttributeTest<>(
                        operation.hosts(),
                        operation.notHosts(),
                        http(host -> Permission.newBuilder()
                                .setHeader(TextMatches.header(":authority", host, true))
                                .build())),
                new AttributeTest<>(
                        operation.methods(),
                        operation.notMethods(),
                        http(method -> Permission.newBuilder()
                                .setHeader(TextMatches.header(":method", method, false))
                                .build())),
                new AttributeTest<>(operation.paths(), operation.notPaths(), http(PermissionTests::path)),
                new AttributeTest<>(operation.ports(), operation.notPorts(), PORT));
    }

    /** Empty when the condition is not about what is done. */
    Optional<AttributeTest<Permission>> ofCondition(Condition condition) {
        return matcher(condition.key())
                .map(matcher -> new AttributeTest<>(condition.values(), condition.notValues(), matcher));
    }

    private static Optional<Matcher<Permission>> matcher(String key) {
        return switch (key) {
            case "destination.ip" -> Optional.of(new Each<>(PermissionTests::address));
            case "destination.port" -> Optional.of(PORT);
            case "connection.sni" ->
                Optional.of(new Each<>(name -> Optional.of(Permission.newBuilder()
                        .setRequestedServerName(TextMatches.text(name))
                        .build())));
            default ->
                key.startsWith(METADATA)
                        ? Optional.of(new Together<>(values -> metadata(key, values)))
                        : Optional.empty();
        };
    }

    private Matcher<Permission> http(java.util.function.Function<String, Permission> term) {
        return new Each<>(value -> tcp ? Optional.empty() : Optional.of(term.apply(value)));
    }

    private static Optional<Permission> port(String text) {
        if (text.isEmpty() || text.length() > 10 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Optional.empty();
        }
        long port = Long.parseLong(text);
        return port > MAX_PORT
                ? Optional.empty()
                : Optional.of(
                        Permission.newBuilder().setDestinationPort((int) port).build());
    }

    private static Optional<Permission> address(String text) {
        return Optional.ofNullable(Addresses.cidr(text))
                .map(range -> Permission.newBuilder().setDestinationIp(range).build());
    }

    private static Permission path(String path) {
        if (!path.contains(ONE_SEGMENT) && !path.contains(ANY_SEGMENTS)) {
            return Permission.newBuilder()
                    .setUrlPath(PathMatcher.newBuilder().setPath(TextMatches.text(path)))
                    .build();
        }
        String template = path.replace(ONE_SEGMENT, "*").replace(ANY_SEGMENTS, "**");
        return Permission.newBuilder()
                .setUriTemplate(TypedExtensionConfig.newBuilder()
                        .setName("uri-template")
                        .setTypedConfig(Protos.pack(UriTemplateMatchConfig.newBuilder()
                                .setPathTemplate(template)
                                .build())))
                .build();
    }

    /** Of a key {@code experimental.envoy.filters.a.b[c]}; a value in brackets is looked for in a list. */
    private static Optional<Permission> metadata(String key, List<String> values) {
        String path = key.substring(EXPERIMENTAL.length());
        int bracket = path.indexOf('[');
        if (bracket < 0) {
            return Optional.empty();
        }
        String name = path.substring(bracket + 1, path.endsWith("]") ? path.length() - 1 : path.length());
        return Optional.of(Permission.newBuilder()
                .setMetadata(MetadataMatcher.newBuilder()
                        .setFilter(path.substring(0, bracket))
                        .addPath(PathSegment.newBuilder().setKey(name))
                        .setValue(TextMatches.anyOf(values.stream()
                                .map(PermissionTests::metadataValue)
                                .toList())))
                .build());
    }

    private static ValueMatcher metadataValue(String text) {
        if (text.length() > 1 && text.startsWith("[") && text.endsWith("]")) {
            ValueMatcher item = TextMatches.value(TextMatches.text(text.substring(1, text.length() - 1)));
            return ValueMatcher.newBuilder()
                    .setListMatch(ListMatcher.newBuilder().setOneOf(item))
                    .build();
        }
        return TextMatches.value(TextMatches.text(text));
    }
}
