package io.layar.proxy.xds;

import com.google.common.collect.ImmutableList;
import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import io.envoyproxy.envoy.config.core.v3.PathConfigSource;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import io.layar.proxy.core.config.ConfigRejected;
import io.layar.proxy.core.config.ProtoReader;
import io.layar.proxy.server.YamlTree;
import io.layar.xds.TypeUrl;
import io.layar.xds.client.ResourceNames;
import io.layar.xds.client.Update;
import io.layar.xds.client.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Resources of one kind from a file that holds a discovery response (JSON, YAML or binary, by its name), read again when it
 * is replaced or changed.
 *
 * <p>Thread: main loop. Errors: an unreadable file is logged; what was read before stays in use.
 */
final class FileSource {
    private static final Logger LOG = Logger.getLogger("io.layar.proxy.xds");
    private static final long LOOK_MILLIS = 200;

    private final TypeUrl type;
    private final Path file;
    private final Function<Update, Verdict> taker;
    private @Nullable Stamp last;

    /** What tells one state of a file from another. */
    private record Stamp(@Nullable Object key, long modifiedNanos, long size) {}

    private FileSource(TypeUrl type, Path file, Function<Update, Verdict> taker) {
        this.type = type;
        this.file = file;
        this.taker = taker;
    }

    /** Reads now, and from then on whenever the file changes. */
    static void start(
            TypeUrl type, PathConfigSource config, Function<Update, Verdict> taker, ScheduledExecutorService loop) {
        Path file = Path.of(config.getPath());
        if (!Files.exists(file)) {
            throw new ConfigRejected(
                    "path_config_source.path",
                    "paths must refer to an existing path in the system: '" + file + "' does not exist");
        }
        FileSource source = new FileSource(type, file, taker);
        source.look();
        var unused = loop.scheduleWithFixedDelay(source::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void look() {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            Stamp stamp = new Stamp(
                    attributes.fileKey(), attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS), attributes.size());
            if (stamp.equals(last)) {
                return;
            }
            last = stamp;
            Verdict verdict = taker.apply(update(read()));
            if (!verdict.accepted()) {
                LOG.log(Level.WARNING, "{0}: {1}", new Object[] {file, verdict.error()});
            }
        } catch (IOException | ConfigRejected e) {
            LOG.log(Level.WARNING, "{0}: {1}", new Object[] {file, e.getMessage()});
        }
    }

    private DiscoveryResponse read() throws IOException {
        if (file.toString().endsWith(".pb")) {
            return DiscoveryResponse.parseFrom(Files.readAllBytes(file));
        }
        Object tree = YamlTree.parse(Files.readString(file, StandardCharsets.UTF_8));
        return new ProtoReader().read(tree, DiscoveryResponse.getDefaultInstance(), "");
    }

    private Update update(DiscoveryResponse response) throws InvalidProtocolBufferException {
        ImmutableList.Builder<Update.Item> items = ImmutableList.builder();
        for (Any body : response.getResourcesList()) {
            items.add(ResourceNames.item(body, response.getVersionInfo()));
        }
        return new Update(type, type.fullState(), items.build(), ImmutableList.of(), response.getVersionInfo());
    }
}
