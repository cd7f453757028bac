package io.layar.sources.file;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.layar.base.Problem;
import io.layar.config.ConfigDelta;
import io.layar.config.ConfigSet;
import io.layar.config.ResourceReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Resources from files and folders that are watched.
 *
 * <p>A change is seen by the system's notification, and at the latest by a periodic look. A file with an error keeps its
 * last good objects. Errors: as problems in each update; the source itself goes on. Thread: any; the listener is called
 * by one thread at a time, never again after {@link #close} has returned.
 */
public final class FileSource implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FileSource.class);

    private final ImmutableList<Path> roots;
    private final ResourceReader reader;
    private final Listener listener;
    private final FileWatch watch;
    private final Object lock = new Object();

    @GuardedBy("lock")
    private FileContents contents = FileContents.EMPTY;

    @GuardedBy("lock")
    private Update last = new Update(ConfigSet.EMPTY, ConfigDelta.NONE, ImmutableList.of());

    @GuardedBy("lock")
    private boolean closed;

    /** All resources now, what changed since the update before, and everything that is wrong now. */
    public record Update(ConfigSet resources, ConfigDelta delta, ImmutableList<Problem> problems) {}

    /** Receives every update whose resources or problems differ from those of the update before. */
    public interface Listener {
        void onUpdate(Update update);
    }

    /** Times. {@code rescan}: how often files are looked at without a notification. */
    public record Options(Duration rescan) {
        public static final Options DEFAULT = new Options(Duration.ofSeconds(1));
    }

    private FileSource(List<Path> roots, ResourceReader reader, Options options, Listener listener) throws IOException {
        this.roots = ImmutableList.copyOf(roots);
        this.reader = reader;
        this.listener = listener;
        this.watch = new FileWatch(options.rescan(), this::look);
    }

    /**
     * Reads {@code roots}, tells the listener once before returning, then watches.
     *
     * <p>Errors: {@link IOException} if the system offers no file notifications.
     */
    public static FileSource start(List<Path> roots, ResourceReader reader, Options options, Listener listener)
            throws IOException {
        var source = new FileSource(roots, reader, options, listener);
        source.first();
        source.watch.start();
        return source;
    }

    /** The files as they are at this moment, without watching them. */
    public static Update readOnce(List<Path> roots, ResourceReader reader) {
        var merged =
                FileContents.EMPTY.next(FileScan.of(roots), Set.of(), reader).merged();
        return new Update(merged.resources(), ConfigSet.EMPTY.deltaTo(merged.resources()), merged.problems());
    }

    /** The latest update, after looking at every file now. */
    public Update refresh() {
        look(ImmutableSet.of());
        synchronized (lock) {
            return last;
        }
    }

    private void first() {
        synchronized (lock) {
            last = advance(ImmutableSet.of());
            listener.onUpdate(last);
        }
    }

    /** Looks at the files, those of {@code suspects} closely, and tells the listener what is new. */
    private void look(Set<Path> suspects) {
        synchronized (lock) {
            if (closed) {
                return;
            }
            var update = advance(suspects);
            if (update.delta.isEmpty() && update.problems.equals(last.problems)) {
                return;
            }
            last = update;
            LOG.atInfo()
                    .addKeyValue("updated", update.delta.updated().size())
                    .addKeyValue("removed", update.delta.removed().size())
                    .addKeyValue("problems", update.problems.size())
                    .log("files changed");
            listener.onUpdate(update);
        }
    }

    @GuardedBy("lock")
    private Update advance(Set<Path> suspects) {
        var scan = FileScan.of(roots);
        watch.folders(scan.folders());
        contents = contents.next(scan, suspects, reader);
        var merged = contents.merged();
        return new Update(merged.resources(), last.resources.deltaTo(merged.resources()), merged.problems());
    }

    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
        }
        watch.close();
    }
}
