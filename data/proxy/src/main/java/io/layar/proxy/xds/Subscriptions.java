package io.layar.proxy.xds;

import com.google.protobuf.Message;
import io.envoyproxy.envoy.config.core.v3.ConfigSource;
import io.layar.proxy.core.config.ConfigRejected;
import io.layar.xds.TypeUrl;

/**
 * Where compilers of listeners and clusters ask for what comes dynamically: routes, endpoints, secrets, extension
 * configurations.
 *
 * <p>Thread: main loop. Shape: equal sources share one stream; a name watched by several is requested once.
 */
public interface Subscriptions {
    /**
     * Begins to wait for a resource. What is known already arrives before this returns. The returned task ends the watch.
     *
     * <p>Errors: {@link ConfigRejected} with a path from the config source on, where this source is not there or not supported.
     */
    <M extends Message> Runnable watch(
            TypeUrl kind, Class<M> type, ConfigSource source, String name, Watcher<M> watcher);

    /** A short key of a source: equal for sources that share a stream. */
    static String keyOf(ConfigSource source) {
        return switch (source.getConfigSourceSpecifierCase()) {
            case ADS, SELF -> "ads";
            case PATH -> "path:" + source.getPath();
            case PATH_CONFIG_SOURCE -> "path:" + source.getPathConfigSource().getPath();
            case API_CONFIG_SOURCE -> "api:" + source.getApiConfigSource();
            case CONFIGSOURCESPECIFIER_NOT_SET -> "";
        };
    }
}
