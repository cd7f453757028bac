package io.layar.proxy.listener;

import io.envoyproxy.envoy.config.core.v3.SocketOption;
import java.util.List;

/** What is set on a listening socket. Two listeners with equal settings and addresses can hand the socket over. */
record SocketSettings(
        boolean reusePort,
        boolean transparent,
        boolean freebind,
        boolean ipv6Only,
        int backlog,
        int fastOpen,
        List<SocketOption> options) {}
