package io.layar.config;

import com.google.common.collect.ImmutableList;
import io.layar.base.Problem;
import io.layar.config.Kind.Body;
import io.layar.config.decode.Decoder;
import io.layar.config.decode.Dialect;
import io.layar.config.decode.FieldPath;
import io.layar.config.decode.Records;
import io.layar.config.decode.Suggestion;
import io.layar.config.yaml.Value;
import io.layar.config.yaml.YamlLimits;
import io.layar.config.yaml.YamlReader;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Text to resources.
 *
 * <p>Errors: all as problems, with the object they are about. An object with an error is left out, the others live on. An
 * object of a kind that is not known is a warning. Thread: any.
 */
public final class ResourceReader {
    private static final String DEFAULT_NAMESPACE = "default";
    private static final FieldPath METADATA = FieldPath.ROOT.field("metadata");

    private final YamlReader yaml = new YamlReader(YamlLimits.DEFAULT);
    private final Decoder istio = new Decoder(Dialect.ISTIO);
    private final Decoder kubernetes = new Decoder(Dialect.KUBERNETES);
    private final Validation.Rules rules;

    /** A reader that checks resources by these rules as well. */
    public ResourceReader(Validation.Rules rules) {
        this.rules = rules;
    }

    /** What a text holds. Order: of the text. */
    public record Parsed(ImmutableList<Resource<?>> resources, ImmutableList<Problem> problems) {
        public boolean hasErrors() {
            return problems.stream().anyMatch(Problem::isError);
        }
    }

    public Parsed read(String file, String text) {
        return parsed(yaml.read(file, text));
    }

    public Parsed read(String file, byte[] bytes) {
        return parsed(yaml.read(file, bytes));
    }

    private Parsed parsed(YamlReader.Read read) {
        var resources = ImmutableList.<Resource<?>>builder();
        var problems = ImmutableList.<Problem>builder().addAll(read.problems());
        for (var document : read.documents()) {
            read(document, resources, problems);
        }
        return new Parsed(resources.build(), problems.build());
    }

    private void read(
            Value document, ImmutableList.Builder<Resource<?>> resources, ImmutableList.Builder<Problem> problems) {
        if (!(document instanceof Value.Obj object)) {
            problems.add(Problem.error(
                    "wrong-type", "", document.at(), "%s (expected: an object)".formatted(document.typeName())));
        } else if (isList(object)) {
            items(object, problems).forEach(item -> read(item, resources, problems));
        } else {
            var kind = kind(object, problems);
            if (kind != null) {
                read(kind, object, resources, problems);
            }
        }
    }

    private static boolean isList(Value.Obj object) {
        var kind = object.text("kind");
        return kind != null && kind.endsWith("List") && object.get("items") != null;
    }

    private static Stream<Value> items(Value.Obj list, ImmutableList.Builder<Problem> problems) {
        if (list.get("items") instanceof Value.Arr(var items, var _)) {
            return items.stream();
        }
        problems.add(Problem.error("wrong-type", "items", list.keyAt("items"), "not a list (expected: list)"));
        return Stream.empty();
    }

    private static @Nullable Kind<?> kind(Value.Obj object, ImmutableList.Builder<Problem> problems) {
        var apiVersion = object.text("apiVersion");
        var name = object.text("kind");
        if (apiVersion == null || name == null) {
            var missing = apiVersion == null ? "apiVersion" : "kind";
            problems.add(Problem.error(
                    "no-kind",
                    missing,
                    object.at(),
                    "missing or not a string (expected: what kind of object this is)"));
            return null;
        }
        var kind = Kinds.find(Kinds.groupOf(apiVersion), name);
        if (kind == null) {
            var close =
                    Suggestion.closest(name, Kinds.ALL.stream().map(Kind::name).toList());
            problems.add(Problem.warning(
                    "unknown-kind",
                    "kind",
                    object.keyAt("kind"),
                    "%s %s is not a known kind; it is skipped%s"
                            .formatted(apiVersion, name, name.equals(close) ? "" : Suggestion.sentence(close))));
        } else if (!kind.versions().contains(Kinds.versionOf(apiVersion))) {
            problems.add(Problem.warning(
                    "unknown-kind",
                    "apiVersion",
                    object.keyAt("apiVersion"),
                    "%s %s is not served; it is skipped (expected: one of %s)"
                            .formatted(apiVersion, name, String.join(", ", kind.versions()))));
            return null;
        }
        return kind;
    }

    private <S extends Record> void read(
            Kind<S> kind,
            Value.Obj object,
            ImmutableList.Builder<Resource<?>> resources,
            ImmutableList.Builder<Problem> problems) {
        var found = new ArrayList<Problem>();
        var metadata = metadata(kind, object, found);
        var spec = spec(kind, object, found);
        var resource = new Resource<>(
                kind, String.valueOf(object.text("apiVersion")), metadata, spec, status(kind, object), object.at());
        if (found.stream().noneMatch(Problem::isError)) {
            var validation = new Validation(object);
            rules.accept(resource, validation);
            found.addAll(validation.problems());
        }
        if (found.stream().noneMatch(Problem::isError)) {
            resources.add(resource);
        }
        var owner = resource.key().toString();
        found.forEach(problem -> problems.add(problem.of(owner)));
    }

    private Metadata metadata(Kind<?> kind, Value.Obj object, List<Problem> problems) {
        var value = object.fields().getOrDefault("metadata", Value.Obj.EMPTY);
        var metadata = kubernetes.decode(Metadata.class, value, METADATA, problems);
        if (metadata == null || metadata.name().isEmpty()) {
            problems.add(Problem.error(
                    "no-name", "metadata.name", METADATA.locate(object), "missing (expected: the object's name)"));
        }
        if (metadata == null) {
            return Metadata.of("", "");
        }
        return metadata.inNamespace(
                !kind.isNamespaced() ? "" : metadata.namespace().isEmpty() ? DEFAULT_NAMESPACE : metadata.namespace());
    }

    private <S extends Record> S spec(Kind<S> kind, Value.Obj object, List<Problem> problems) {
        S spec;
        if (kind.body() == Body.WHOLE) {
            spec = kubernetes.decode(kind.type(), object, FieldPath.ROOT, problems);
        } else {
            istio.decode(Envelope.class, object, FieldPath.ROOT, problems);
            var value = object.get("spec");
            spec = value == null || value instanceof Value.Null
                    ? null
                    : istio.decode(kind.type(), value, FieldPath.ROOT.field("spec"), problems);
        }
        return spec == null ? Records.empty(kind.type()) : spec;
    }

    /** A status that cannot be read is none: it is what some controller wrote, not what a person said. */
    private @Nullable Record status(Kind<?> kind, Value.Obj object) {
        var value = object.get("status");
        var type = kind.statusType();
        if (value == null || type == null) {
            return null;
        }
        var problems = new ArrayList<Problem>();
        var status = kubernetes.decode(type, value, FieldPath.ROOT.field("status"), problems);
        return problems.isEmpty() ? status : null;
    }

    /** The fields that every Istio object may have. */
    public record Envelope(
            String apiVersion,
            String kind,
            @Nullable Value metadata,
            @Nullable Value spec,
            @Nullable Value status) {}
}
