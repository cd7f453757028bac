package io.layar.proxy.core.stream;

import org.jspecify.annotations.Nullable;

/** What is known of the upstream side of the last attempt of a request. Thread: event loop of the stream. */
public final class UpstreamInfo {
    private @Nullable String clusterName;
    private @Nullable String observabilityName;
    private Metadata clusterMetadata = Metadata.EMPTY;
    private @Nullable Address remote;
    private @Nullable Address local;
    private @Nullable String hostName;
    private Metadata hostMetadata = Metadata.EMPTY;
    private String region = "";
    private String zone = "";
    private String subZone = "";
    private @Nullable TlsFacts tls;
    private @Nullable String protocol;
    private @Nullable String transportFailure;
    private @Nullable String closeType;
    private long connectionId = -1;
    private long poolReadyNanos = -1;
    private long numStreams;
    private long headerBytesSent;
    private long headerBytesReceived;
    private long wireBytesSent;
    private long wireBytesReceived;

    public @Nullable String clusterName() {
        return clusterName;
    }

    /** The cluster's name and its alt_stat_name (null: none). */
    public void cluster(@Nullable String name, @Nullable String altStatName, Metadata metadata) {
        clusterName = name;
        observabilityName = altStatName;
        clusterMetadata = metadata;
    }

    /** alt_stat_name where there is one, else the name. */
    public @Nullable String observabilityName() {
        return observabilityName != null ? observabilityName : clusterName;
    }

    public Metadata clusterMetadata() {
        return clusterMetadata;
    }

    /** The chosen host's address, or null while none was chosen. */
    public @Nullable Address remote() {
        return remote;
    }

    /** The host that an attempt goes to. */
    public void host(@Nullable Address address, @Nullable String name, Metadata metadata) {
        remote = address;
        hostName = name;
        hostMetadata = metadata;
    }

    public void locality(String newRegion, String newZone, String newSubZone) {
        region = newRegion;
        zone = newZone;
        subZone = newSubZone;
    }

    public @Nullable String hostName() {
        return hostName;
    }

    public Metadata hostMetadata() {
        return hostMetadata;
    }

    public String region() {
        return region;
    }

    public String zone() {
        return zone;
    }

    public String subZone() {
        return subZone;
    }

    /** Our end of the upstream connection. */
    public @Nullable Address local() {
        return local;
    }

    public void local(@Nullable Address address) {
        local = address;
    }

    public @Nullable TlsFacts tls() {
        return tls;
    }

    public void tls(@Nullable TlsFacts facts) {
        tls = facts;
    }

    public @Nullable String protocol() {
        return protocol;
    }

    public void protocol(@Nullable String text) {
        protocol = text;
    }

    public @Nullable String transportFailure() {
        return transportFailure;
    }

    public void transportFailure(@Nullable String reason) {
        transportFailure = reason;
    }

    public @Nullable String closeType() {
        return closeType;
    }

    public void closeType(@Nullable String type) {
        closeType = type;
    }

    /** Number of the upstream connection, or -1. */
    public long connectionId() {
        return connectionId;
    }

    public void connectionId(long id) {
        connectionId = id;
    }

    /** Nanoseconds until the pool gave a connection, or -1. */
    public long poolReadyNanos() {
        return poolReadyNanos;
    }

    public void poolReadyNanos(long nanos) {
        poolReadyNanos = nanos;
    }

    /** How many streams the upstream connection has carried. */
    public long numStreams() {
        return numStreams;
    }

    public void numStreams(long count) {
        numStreams = count;
    }

    public long headerBytesSent() {
        return headerBytesSent;
    }

    public void addHeaderBytesSent(long bytes) {
        headerBytesSent += bytes;
    }

    public long headerBytesReceived() {
        return headerBytesReceived;
    }

    public void addHeaderBytesReceived(long bytes) {
        headerBytesReceived += bytes;
    }

    public long wireBytesSent() {
        return wireBytesSent;
    }

    public void addWireBytesSent(long bytes) {
        wireBytesSent += bytes;
    }

    public long wireBytesReceived() {
        return wireBytesReceived;
    }

    public void addWireBytesReceived(long bytes) {
        wireBytesReceived += bytes;
    }
}
