package io.layar.proxy.transport;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;

/** Stands behind the TLS handler until its handshake is over, turns the outcome into a {@link TransportEvent}, and goes. Thread: event loop. */
final class TlsHandshake extends ChannelInboundHandlerAdapter {
    private final SslHandler tls;
    private final TlsStats stats;
    private final @Nullable X509Certificate local;
    private final boolean validates;

    TlsHandshake(SslHandler tls, TlsStats stats, @Nullable X509Certificate local, boolean validates) {
        this.tls = tls;
        this.stats = stats;
        this.local = local;
        this.validates = validates;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (!(event instanceof SslHandshakeCompletionEvent completion)) {
            context.fireUserEventTriggered(event);
            return;
        }
        context.pipeline().remove(this);
        if (completion.isSuccess()) {
            stats.handshake().inc();
            SessionFacts facts = SessionFacts.of(tls.engine().getSession(), local, validates);
            if (!facts.peerCertificatePresented()) {
                stats.noCertificate().inc();
            }
            context.fireUserEventTriggered(new TransportEvent.Ready(facts, tls.applicationProtocol()));
            return;
        }
        Throwable cause = completion.cause();
        if (TlsErrors.noCertificate(cause)) {
            stats.noPeerCertificate().inc();
        } else {
            stats.connectionError().inc();
        }
        context.fireUserEventTriggered(new TransportEvent.Failed(TlsErrors.text(cause)));
    }
}
