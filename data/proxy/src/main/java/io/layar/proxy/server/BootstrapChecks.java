package io.layar.proxy.server;

import io.envoyproxy.envoy.config.bootstrap.v3.Bootstrap;
import io.layar.proxy.core.config.ConfigRejected;
import io.layar.proxy.core.config.Fields;
import io.layar.proxy.core.config.Types;

/** Refuses bootstrap fields that this proxy does not honour. */
final class BootstrapChecks {
    private static final java.util.Set<String> EXTENSIONS = java.util.Set.of(
            "envoy.extensions.bootstrap.internal_listener.v3.InternalListener",
            "envoy.extensions.network.dns_resolver.cares.v3.CaresDnsResolverConfig",
            "envoy.extensions.network.dns_resolver.getaddrinfo.v3.GetAddrInfoDnsResolverConfig");

    private BootstrapChecks() {}

    static void check(Bootstrap bootstrap) {
        Fields.refuse(
                bootstrap,
                "",
                "hds_config",
                "stats_sinks",
                "overload_manager",
                "default_config_source",
                "certificate_provider_instances",
                "inline_headers",
                "xds_delegate_extension",
                "xds_config_tracker_extension",
                "listener_manager",
                "header_prefix",
                "flags_path",
                "fatal_actions",
                "default_socket_interface",
                "perf_tracing_file_path");
        for (int i = 0; i < bootstrap.getBootstrapExtensionsCount(); i++) {
            var extension = bootstrap.getBootstrapExtensions(i);
            if (!EXTENSIONS.contains(Types.nameOf(extension.getTypedConfig().getTypeUrl()))) {
                throw new ConfigRejected(
                        "bootstrap_extensions[" + i + "]",
                        "Didn't find a registered implementation for '" + extension.getName() + "' with type URL: '"
                                + Types.nameOf(extension.getTypedConfig().getTypeUrl()) + "'");
            }
        }
    }
}
