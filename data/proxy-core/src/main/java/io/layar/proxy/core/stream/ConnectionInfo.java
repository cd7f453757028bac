package io.layar.proxy.core.stream;

import org.jspecify.annotations.Nullable;

/**
 * The facts of one downstream connection that its streams share.
 *
 * <p>Thread: event loop of the connection. Set by the listener while the connection is accepted, read by all.
 */
public final class ConnectionInfo {
    private final long id;
    private final Address directRemote;
    private final Address directLocal;
    private Address remote;
    private Address local;
    private @Nullable String serverName;
    private @Nullable String alpn;
    private @Nullable TlsFacts tls;
    private @Nullable String ja3;
    private @Nullable String ja4;
    private @Nullable String transportFailure;
    private @Nullable String terminationDetails;
    private String filterChainName = "";
    private String listenerName = "";
    private Metadata listenerMetadata = Metadata.EMPTY;
    private Metadata filterChainMetadata = Metadata.EMPTY;
    private @Nullable FilterState filterState;
    private final long startNanos = System.nanoTime();

    /** A connection between the socket's two ends, as accepted. */
    public ConnectionInfo(long id, Address remote, Address local) {
        this.id = id;
        this.directRemote = remote;
        this.directLocal = local;
        this.remote = remote;
        this.local = local;
    }

    public long id() {
        return id;
    }

    /** The peer of the socket. */
    public Address directRemote() {
        return directRemote;
    }

    /** Our end of the socket. */
    public Address directLocal() {
        return directLocal;
    }

    /** The client, as the PROXY protocol may have told. */
    public Address remote() {
        return remote;
    }

    public void remote(Address address) {
        remote = address;
    }

    /** The original destination where one was restored, else our end of the socket. */
    public Address local() {
        return local;
    }

    public void local(Address address) {
        local = address;
    }

    /** SNI, or null. */
    public @Nullable String serverName() {
        return serverName;
    }

    public void serverName(@Nullable String name) {
        serverName = name;
    }

    /** The negotiated application protocol, or null. */
    public @Nullable String alpn() {
        return alpn;
    }

    public void alpn(@Nullable String protocol) {
        alpn = protocol;
    }

    /** TLS facts, or null on a plain connection. */
    public @Nullable TlsFacts tls() {
        return tls;
    }

    public void tls(@Nullable TlsFacts facts) {
        tls = facts;
    }

    public @Nullable String ja3() {
        return ja3;
    }

    public void ja3(@Nullable String hash) {
        ja3 = hash;
    }

    public @Nullable String ja4() {
        return ja4;
    }

    public void ja4(@Nullable String hash) {
        ja4 = hash;
    }

    public @Nullable String transportFailure() {
        return transportFailure;
    }

    public void transportFailure(@Nullable String reason) {
        transportFailure = reason;
    }

    public @Nullable String terminationDetails() {
        return terminationDetails;
    }

    public void terminationDetails(@Nullable String details) {
        terminationDetails = details;
    }

    public String filterChainName() {
        return filterChainName;
    }

    public void filterChainName(String name) {
        filterChainName = name;
    }

    public String listenerName() {
        return listenerName;
    }

    public void listenerName(String name) {
        listenerName = name;
    }

    public Metadata listenerMetadata() {
        return listenerMetadata;
    }

    public void listenerMetadata(Metadata metadata) {
        listenerMetadata = metadata;
    }

    public Metadata filterChainMetadata() {
        return filterChainMetadata;
    }

    public void filterChainMetadata(Metadata metadata) {
        filterChainMetadata = metadata;
    }

    /** Filter state of the connection, or null while nothing was stored. */
    public @Nullable FilterState filterState() {
        return filterState;
    }

    /** Filter state of the connection, made when first needed. */
    public FilterState writableFilterState() {
        FilterState state = filterState;
        if (state == null) {
            state = new FilterState(null);
            filterState = state;
        }
        return state;
    }

    public long startNanos() {
        return startNanos;
    }
}
