package io.layar.xdsgen.filterchain;

import com.google.common.collect.ImmutableList;
import io.layar.mesh.policy.MutualTlsMode;
import io.layar.mesh.service.Protocol;

/**
 * One way in which inbound traffic can arrive on a port, and how it is then treated.
 *
 * <p>Shape: {@code http} chooses a connection manager over a TCP proxy; {@code tls} terminates TLS. Order: the tables
 * below keep the order in which chains are sent.
 */
public record InboundMatch(
        ImmutableList<String> applicationProtocols, String transportProtocol, boolean http, boolean tls) {
    public static final String TLS = "tls";
    public static final String RAW_BUFFER = "raw_buffer";

    private static final ImmutableList<String> ANY = ImmutableList.of();
    private static final InboundMatch PLAIN_HTTP = new InboundMatch(ANY, RAW_BUFFER, true, false);
    private static final InboundMatch PLAIN_TCP = new InboundMatch(ANY, RAW_BUFFER, false, false);
    private static final InboundMatch FOREIGN_TLS = new InboundMatch(ANY, TLS, false, false);
    private static final InboundMatch SNIFFED_HTTP = new InboundMatch(Alpn.PLAINTEXT_HTTP, RAW_BUFFER, true, false);
    private static final InboundMatch MTLS_HTTP = new InboundMatch(Alpn.MTLS_HTTP, TLS, true, true);

    private static final ImmutableList<InboundMatch> PERMISSIVE_AUTO = ImmutableList.of(
            MTLS_HTTP, SNIFFED_HTTP, new InboundMatch(Alpn.MTLS_TCP, TLS, false, true), PLAIN_TCP, FOREIGN_TLS);
    private static final ImmutableList<InboundMatch> PERMISSIVE_HTTP =
            ImmutableList.of(new InboundMatch(Alpn.ALL_MTLS, TLS, true, true), PLAIN_HTTP);
    private static final ImmutableList<InboundMatch> PERMISSIVE_TCP =
            ImmutableList.of(new InboundMatch(Alpn.ALL_MTLS, TLS, false, true), FOREIGN_TLS, PLAIN_TCP);
    private static final ImmutableList<InboundMatch> STRICT_AUTO =
            ImmutableList.of(MTLS_HTTP, new InboundMatch(ANY, TLS, false, true));
    private static final ImmutableList<InboundMatch> STRICT_HTTP =
            ImmutableList.of(new InboundMatch(ANY, TLS, true, true));
    private static final ImmutableList<InboundMatch> STRICT_TCP =
            ImmutableList.of(new InboundMatch(ANY, TLS, false, true));
    private static final ImmutableList<InboundMatch> PLAINTEXT_AUTO = ImmutableList.of(SNIFFED_HTTP, PLAIN_TCP);
    private static final ImmutableList<InboundMatch> PLAINTEXT_HTTP = ImmutableList.of(PLAIN_HTTP);
    private static final ImmutableList<InboundMatch> PLAINTEXT_TCP = ImmutableList.of(PLAIN_TCP);

    /** What a port is declared to carry. */
    public enum Kind {
        HTTP,
        TCP,
        AUTO;

        public static Kind of(Protocol protocol) {
            boolean bytes = protocol.isTcp() || protocol == Protocol.UDP;
            return protocol.isHttp() ? HTTP : bytes ? TCP : AUTO;
        }
    }

    /** The chains of a port. */
    public static ImmutableList<InboundMatch> of(MutualTlsMode mode, Kind kind) {
        return switch (kind) {
            case HTTP -> pick(mode, STRICT_HTTP, PERMISSIVE_HTTP, PLAINTEXT_HTTP);
            case AUTO -> pick(mode, STRICT_AUTO, PERMISSIVE_AUTO, PLAINTEXT_AUTO);
            case TCP -> pick(mode, STRICT_TCP, PERMISSIVE_TCP, PLAINTEXT_TCP);
        };
    }

    private static ImmutableList<InboundMatch> pick(
            MutualTlsMode mode,
            ImmutableList<InboundMatch> strict,
            ImmutableList<InboundMatch> permissive,
            ImmutableList<InboundMatch> plain) {
        return switch (mode) {
            case STRICT -> strict;
            case PERMISSIVE -> permissive;
            case DISABLE, UNKNOWN -> plain;
        };
    }

    /** The only chain of a port whose TLS is terminated with a certificate of the user's own. */
    public static ImmutableList<InboundMatch> ofUserTls(Kind kind) {
        return ImmutableList.of(new InboundMatch(ANY, TLS, kind == Kind.HTTP, true));
    }
}
