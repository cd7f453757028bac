package io.layar.proxy.core.cluster;

/** The counts of one host, in the order and with the names of the admin page {@code /clusters}. */
public enum HostStat {
    CX_ACTIVE("cx_active"),
    CX_CONNECT_FAIL("cx_connect_fail"),
    CX_TOTAL("cx_total"),
    RQ_ACTIVE("rq_active"),
    RQ_ERROR("rq_error"),
    RQ_SUCCESS("rq_success"),
    RQ_TIMEOUT("rq_timeout"),
    RQ_TOTAL("rq_total");

    private static final HostStat[] ALL = values();

    private final String text;

    HostStat(String text) {
        this.text = text;
    }

    /** Name as Envoy prints it. */
    public String text() {
        return text;
    }

    static int count() {
        return ALL.length;
    }
}
