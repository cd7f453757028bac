package io.layar.proxy.server;

/** The text of {@code layar proxy --help}. */
final class Help {
    static final String TEXT = """
        Usage: layar proxy -c FILE [flags]

        Runs the data plane with Envoy's bootstrap (JSON or YAML).

        Example: layar proxy -c envoy.yaml --service-node sidecar~10.0.0.1~web.default~default.svc.cluster.local -l info

          -c, --config-path FILE        the bootstrap
              --config-yaml TEXT        YAML or JSON, merged over the file
              --service-node ID         overrides node.id
              --service-cluster NAME    overrides node.cluster
              --service-zone ZONE       overrides node.locality.zone
              --concurrency N           workers (default 1; 0: as many as processors)
          -l, --log-level LEVEL         trace, debug, info, warning, error, critical, off
              --component-log-level L   name:level,...
              --log-format FORMAT       spdlog pattern
              --log-path FILE           log there instead of to stderr
              --admin-address-path FILE writes the admin address there
              --drain-time-s N          how long draining takes (default 600)
              --drain-strategy S        gradual or immediate
              --parent-shutdown-time-s N, --base-id N   accepted
              --mode serve|validate     validate: check the configuration and exit
              --version
        """;

    private Help() {}
}
