package io.layar.proxy.core.accesslog;

import io.layar.proxy.core.config.ConfigRejected;
import io.layar.proxy.core.stream.Address;
import io.layar.proxy.core.stream.IpText;
import io.layar.proxy.core.stream.StreamInfo;
import io.layar.proxy.core.stream.UpstreamInfo;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Operators over addresses: {@code DOWNSTREAM_REMOTE_ADDRESS}, {@code ..._WITHOUT_PORT(prefix)}, {@code ..._PORT}, … */
final class AddressCommands {
    private static final String WITHOUT_PORT = "_WITHOUT_PORT";

    private AddressCommands() {}

    static @Nullable Operator find(String name, String argument) {
        switch (name) {
            case "UPSTREAM_HOST":
                return address(upstream(UpstreamInfo::remote));
            case "UPSTREAM_HOST_NAME":
                return hostName(false);
            case "UPSTREAM_HOST_NAME_WITHOUT_PORT":
                return hostName(true);
            default:
                break;
        }
        Function<StreamInfo, @Nullable Address> source = source(name);
        if (source == null) {
            return null;
        }
        if (name.endsWith("_PORT") && !name.endsWith(WITHOUT_PORT)) {
            return port(source);
        }
        return name.endsWith(WITHOUT_PORT) ? ip(source, argument) : address(source);
    }

    private static @Nullable Function<StreamInfo, @Nullable Address> source(String name) {
        String base = name.endsWith(WITHOUT_PORT) ? name.substring(0, name.length() - WITHOUT_PORT.length()) : name;
        return switch (base) {
            case "DOWNSTREAM_REMOTE_ADDRESS", "DOWNSTREAM_REMOTE_PORT" -> StreamInfo::remote;
            case "DOWNSTREAM_DIRECT_REMOTE_ADDRESS", "DOWNSTREAM_DIRECT_REMOTE_PORT" ->
                info -> info.connection().directRemote();
            case "DOWNSTREAM_LOCAL_ADDRESS", "DOWNSTREAM_LOCAL_PORT" ->
                info -> info.connection().local();
            case "DOWNSTREAM_DIRECT_LOCAL_ADDRESS", "DOWNSTREAM_DIRECT_LOCAL_PORT" ->
                info -> info.connection().directLocal();
            case "UPSTREAM_REMOTE_ADDRESS", "UPSTREAM_REMOTE_PORT" -> upstream(UpstreamInfo::remote);
            case "UPSTREAM_LOCAL_ADDRESS", "UPSTREAM_LOCAL_PORT" -> upstream(UpstreamInfo::local);
            default -> null;
        };
    }

    private static Function<StreamInfo, @Nullable Address> upstream(Function<UpstreamInfo, @Nullable Address> fact) {
        return info -> {
            UpstreamInfo upstream = info.upstream();
            return upstream == null ? null : fact.apply(upstream);
        };
    }

    private static Operator.Text address(Function<StreamInfo, @Nullable Address> source) {
        return in -> {
            Address address = source.apply(in.info());
            return address == null ? null : address.text();
        };
    }

    private static Operator.Number port(Function<StreamInfo, @Nullable Address> source) {
        return in -> {
            Address address = source.apply(in.info());
            return address == null || address.port() < 0 ? Operator.Number.ABSENT : address.port();
        };
    }

    private static Operator.Text ip(Function<StreamInfo, @Nullable Address> source, String prefix) {
        if (prefix.isEmpty()) {
            return in -> {
                Address address = source.apply(in.info());
                return address == null ? null : address.ip();
            };
        }
        int bits = prefixLength(prefix);
        return in -> {
            Address address = source.apply(in.info());
            InetAddress inet = address == null ? null : address.inet();
            return inet == null ? null : masked(inet, bits);
        };
    }

    private static int prefixLength(String text) {
        try {
            int bits = Integer.parseInt(text);
            if (bits >= 0 && bits <= 128) {
                return bits;
            }
        } catch (NumberFormatException _) {
            // reported below with the text itself
        }
        throw new ConfigRejected("", "invalid CIDR prefix length: " + text);
    }

    private static @Nullable String masked(InetAddress inet, int bits) {
        byte[] bytes = inet.getAddress();
        if (bits > bytes.length * 8) {
            return null;
        }
        for (int i = 0; i < bytes.length; i++) {
            int keep = Math.clamp(bits - 8 * i, 0, 8);
            bytes[i] &= (byte) (0xff00 >> keep);
        }
        try {
            return IpText.of(InetAddress.getByAddress(bytes)) + "/" + bits;
        } catch (UnknownHostException _) {
            return null;
        }
    }

    private static Operator.Text hostName(boolean withoutPort) {
        return in -> {
            UpstreamInfo upstream = in.info().upstream();
            if (upstream == null || upstream.remote() == null) {
                return null;
            }
            String name = upstream.hostName();
            if (name == null || name.isEmpty()) {
                return withoutPort ? upstream.remote().ip() : upstream.remote().text();
            }
            int colon = name.lastIndexOf(':');
            return withoutPort && colon > 0 ? name.substring(0, colon) : name;
        };
    }
}
