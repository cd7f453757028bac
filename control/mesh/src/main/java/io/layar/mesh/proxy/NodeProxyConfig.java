package io.layar.mesh.proxy;

import io.layar.config.MeshConfigLoader;
import io.layar.config.decode.Records;
import io.layar.config.mesh.MeshConfig;
import io.layar.config.mesh.ProxyConfig;
import java.util.Map;

/** The proxy configuration of a node: what its metadata carries, else the mesh's default. */
public final class NodeProxyConfig {
    private NodeProxyConfig() {}

    public static ProxyConfig of(Proxy proxy, MeshConfig mesh) {
        Map<String, Object> own = proxy.metadata().object("PROXY_CONFIG");
        if (own != null) {
            return new MeshConfigLoader().proxyConfig(PlainValues.object(own)).config();
        }
        ProxyConfig byDefault = mesh.defaultConfig();
        return byDefault == null ? Records.empty(ProxyConfig.class) : byDefault;
    }
}
