package io.layar.sources.file;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.hash.HashCode;
import com.google.common.hash.Hashing;
import io.layar.base.Problem;
import io.layar.base.SourcePosition;
import io.layar.config.ConfigSet;
import io.layar.config.Resource;
import io.layar.config.ResourceKey;
import io.layar.config.ResourceReader;
import io.layar.config.yaml.YamlLimits;
import io.layar.sources.file.FileScan.Stamp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The files of a source with what each of them says.
 *
 * <p>Law: a file with an error keeps those objects of its last good state that it does not now say rightly itself. Order:
 * of two files with the same object the first by path counts, and the other is reported. Thread: any (immutable).
 */
record FileContents(ImmutableSortedMap<Path, Content> files, ImmutableList<Problem> unreadable) {
    static final FileContents EMPTY = new FileContents(ImmutableSortedMap.of(), ImmutableList.of());

    /** One file: what it looked like, what it says or said last, what is wrong with it. */
    record Content(
            Stamp stamp,
            HashCode hash,
            ImmutableMap<ResourceKey, Resource<?>> resources,
            ImmutableList<Problem> problems) {}

    /** Everything that the files say, and all that is wrong with them. */
    record Merged(ConfigSet resources, ImmutableList<Problem> problems) {}

    /** The contents after a scan; files in {@code suspects} are read even if they look unchanged. */
    FileContents next(FileScan scan, Set<Path> suspects, ResourceReader reader) {
        var next = ImmutableSortedMap.<Path, Content>naturalOrder();
        scan.files().forEach((path, stamp) -> {
            var last = files.get(path);
            boolean unchanged = last != null && last.stamp.equals(stamp) && !suspects.contains(path);
            var content = unchanged ? last : read(path, stamp, last, reader);
            if (content != null) {
                next.put(path, content);
            }
        });
        return new FileContents(next.build(), scan.problems());
    }

    private static @Nullable Content read(Path path, Stamp stamp, @Nullable Content last, ResourceReader reader) {
        byte[] bytes;
        // One byte more than the reader takes is enough to be refused.
        try (var in = Files.newInputStream(path)) {
            bytes = in.readNBytes(YamlLimits.DEFAULT.fileBytes() + 1);
        } catch (NoSuchFileException gone) {
            return null;
        } catch (IOException failure) {
            var problem = Problem.error(
                    "unreadable",
                    "",
                    new SourcePosition(path.toString(), 0, 0),
                    "cannot be read: " + failure.getMessage());
            return new Content(
                    stamp,
                    HashCode.fromInt(0),
                    last == null ? ImmutableMap.of() : last.resources,
                    ImmutableList.of(problem));
        }
        var hash = Hashing.sha256().hashBytes(bytes);
        if (last != null && last.hash.equals(hash)) {
            return new Content(stamp, hash, last.resources, last.problems);
        }
        return parsed(stamp, hash, last, reader.read(path.toString(), bytes));
    }

    private static Content parsed(Stamp stamp, HashCode hash, @Nullable Content last, ResourceReader.Parsed parsed) {
        var resources = new LinkedHashMap<ResourceKey, Resource<?>>();
        var problems = ImmutableList.<Problem>builder().addAll(parsed.problems());
        for (var resource : parsed.resources()) {
            var first = resources.putIfAbsent(resource.key(), resource);
            if (first != null) {
                problems.add(duplicate(resource, first));
            }
        }
        if (last != null && parsed.hasErrors()) {
            last.resources.forEach(resources::putIfAbsent);
        }
        return new Content(stamp, hash, ImmutableMap.copyOf(resources), problems.build());
    }

    Merged merged() {
        var resources = new TreeMap<ResourceKey, Resource<?>>();
        var problems = ImmutableList.<Problem>builder().addAll(unreadable);
        files.values().forEach(content -> {
            problems.addAll(content.problems);
            content.resources.forEach((key, resource) -> {
                var first = resources.putIfAbsent(key, resource);
                if (first != null) {
                    problems.add(duplicate(resource, first));
                }
            });
        });
        return new Merged(ConfigSet.copyOf(resources.values()), problems.build());
    }

    private static Problem duplicate(Resource<?> resource, Resource<?> first) {
        return Problem.error(
                        "duplicate-object",
                        "",
                        resource.position(),
                        "the same object is already at %s; that one is used".formatted(first.position()))
                .of(resource.key().toString());
    }
}
