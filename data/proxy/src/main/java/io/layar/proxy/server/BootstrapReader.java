package io.layar.proxy.server;

import com.google.protobuf.InvalidProtocolBufferException;
import io.envoyproxy.envoy.config.bootstrap.v3.Bootstrap;
import io.layar.proxy.core.config.ConfigRejected;
import io.layar.proxy.core.config.JsonText;
import io.layar.proxy.core.config.ProtoReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads the bootstrap from a file (JSON, YAML or binary, by its name) with {@code --config-yaml} merged over it. */
final class BootstrapReader {
    private BootstrapReader() {}

    static Bootstrap read(CommandLine flags) throws IOException {
        Bootstrap.Builder bootstrap = Bootstrap.newBuilder();
        if (!flags.configPath().isEmpty()) {
            Path file = Path.of(flags.configPath());
            if (flags.configPath().endsWith(".pb")) {
                binary(bootstrap, Files.readAllBytes(file));
            } else {
                String text = Files.readString(file, StandardCharsets.UTF_8);
                bootstrap.mergeFrom(
                        new ProtoReader().read(tree(flags.configPath(), text), Bootstrap.getDefaultInstance(), ""));
            }
        }
        if (!flags.configYaml().isEmpty()) {
            bootstrap.mergeFrom(
                    new ProtoReader().read(YamlTree.parse(flags.configYaml()), Bootstrap.getDefaultInstance(), ""));
        }
        if (flags.configPath().isEmpty() && flags.configYaml().isEmpty()) {
            throw new ConfigRejected(
                    "", "At least one of --config-path or --config-yaml or Options::configProto() should be non-empty");
        }
        return bootstrap.build();
    }

    private static @Nullable Object tree(String name, String text) {
        boolean json = name.endsWith(".json")
                || (!name.endsWith(".yaml")
                        && !name.endsWith(".yml")
                        && text.stripLeading().startsWith("{"));
        return json ? JsonText.parse(text) : YamlTree.parse(text);
    }

    private static void binary(Bootstrap.Builder bootstrap, byte[] bytes) {
        try {
            bootstrap.mergeFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new ConfigRejected("", "Unable to parse file as a binary protobuf: " + e.getMessage());
        }
    }
}
