package io.layar.mesh.kube;

import io.layar.mesh.service.Protocol;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Which protocol a Kubernetes port speaks, by appProtocol or by its name up to the first hyphen. */
final class PortProtocols {
    private static final int SMTP = 25;
    private static final int DNS = 53;
    private static final int MYSQL = 3306;
    private static final int MONGODB = 27017;

    private PortProtocols() {}

    static Protocol of(int port, String portName, @Nullable String transport, @Nullable String appProtocol) {
        if ("UDP".equals(transport)) {
            return Protocol.UDP;
        }
        String name = appProtocol == null ? portName : appProtocol;
        if (appProtocol != null) {
            switch (appProtocol) {
                case "kubernetes.io/h2c" -> {
                    return Protocol.HTTP2;
                }
                case "kubernetes.io/ws" -> {
                    return Protocol.HTTP;
                }
                case "kubernetes.io/wss" -> {
                    return Protocol.HTTPS;
                }
                default -> {}
            }
        }
        if (name.toLowerCase(Locale.ROOT).startsWith("grpc-web")) {
            return Protocol.GRPC_WEB;
        }
        int hyphen = name.indexOf('-');
        Protocol protocol = Protocol.parse(hyphen < 0 ? name : name.substring(0, hyphen));
        return protocol == Protocol.UNSUPPORTED && isServerFirst(port) ? Protocol.TCP : protocol;
    }

    /** There the server speaks first: looking at the client's bytes would wait for ever. */
    private static boolean isServerFirst(int port) {
        return port == SMTP || port == DNS || port == MYSQL || port == MONGODB;
    }
}
