package io.layar.sources.file;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import io.layar.base.Problem;
import io.layar.base.SourcePosition;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What lies below some roots at one moment.
 *
 * <p>Shape: of folders, files that end in {@code .yaml}, {@code .yml} or {@code .json} and are not hidden; a root that is a
 * file counts whatever its name. Order: by path. Errors: a root that is not there or not readable is a problem.
 */
record FileScan(ImmutableSortedMap<Path, Stamp> files, ImmutableSet<Path> folders, ImmutableList<Problem> problems) {
    private static final int DEEPEST = 32;

    /** What changes when a file is written or replaced. */
    record Stamp(FileTime modified, long size, @Nullable Object fileKey) {
        static Stamp of(BasicFileAttributes attributes) {
            return new Stamp(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
        }
    }

    static FileScan of(List<Path> roots) {
        var walk = new Walk();
        for (var root : roots) {
            walk.root = root;
            try {
                Files.walkFileTree(root, EnumSet.of(FileVisitOption.FOLLOW_LINKS), DEEPEST, walk);
            } catch (IOException unreadable) {
                walk.failed(root, unreadable);
            }
        }
        return new FileScan(
                ImmutableSortedMap.copyOf(walk.files),
                ImmutableSet.copyOf(walk.folders),
                ImmutableList.copyOf(walk.problems));
    }

    private static final class Walk extends SimpleFileVisitor<Path> {
        private final TreeMap<Path, Stamp> files = new TreeMap<>();
        private final TreeSet<Path> folders = new TreeSet<>();
        private final List<Problem> problems = new ArrayList<>();
        private @Nullable Path root;

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            if (!folder.equals(root) && isHidden(folder)) {
                return FileVisitResult.SKIP_SUBTREE;
            }
            folders.add(folder);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (file.equals(root) || (attributes.isRegularFile() && !isHidden(file) && hasConfigName(file))) {
                files.put(file, Stamp.of(attributes));
                if (file.equals(root)) {
                    folders.add(Objects.requireNonNullElse(file.toAbsolutePath().getParent(), file));
                }
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException unreadable) {
            boolean gone = unreadable instanceof NoSuchFileException && !file.equals(root);
            if (!gone) {
                failed(file, unreadable);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException interrupted) {
            return FileVisitResult.CONTINUE;
        }

        private void failed(Path file, IOException unreadable) {
            var reason = unreadable instanceof NoSuchFileException
                    ? "no such file or folder"
                    : "cannot be read: " + unreadable.getMessage();
            problems.add(Problem.error("unreadable", "", new SourcePosition(file.toString(), 0, 0), reason));
        }

        private static boolean isHidden(Path path) {
            return String.valueOf(path.getFileName()).startsWith(".");
        }

        private static boolean hasConfigName(Path file) {
            var name = file.getFileName().toString();
            return name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json");
        }
    }
}
