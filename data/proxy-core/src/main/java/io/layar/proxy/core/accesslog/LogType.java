package io.layar.proxy.core.accesslog;

/** When in the life of a session a line is written. The names are those of {@code %ACCESS_LOG_TYPE%}. */
public enum LogType {
    NOT_SET("NotSet"),
    TCP_UPSTREAM_CONNECTED("TcpUpstreamConnected"),
    TCP_PERIODIC("TcpPeriodic"),
    TCP_CONNECTION_END("TcpConnectionEnd"),
    DOWNSTREAM_START("DownstreamStart"),
    DOWNSTREAM_PERIODIC("DownstreamPeriodic"),
    DOWNSTREAM_END("DownstreamEnd"),
    UPSTREAM_POOL_READY("UpstreamPoolReady"),
    UPSTREAM_PERIODIC("UpstreamPeriodic"),
    UPSTREAM_END("UpstreamEnd"),
    DOWNSTREAM_TUNNEL_SUCCESSFULLY_ESTABLISHED("DownstreamTunnelSuccessfullyEstablished"),
    UDP_TUNNEL_UPSTREAM_CONNECTED("UdpTunnelUpstreamConnected"),
    UDP_PERIODIC("UdpPeriodic"),
    UDP_SESSION_END("UdpSessionEnd");

    private final String text;

    LogType(String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }
}
