package io.layar.xds.server;

import com.google.common.collect.ImmutableList;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.security.cert.Certificate;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** Carries the URI names of the client's verified certificate from the transport to the stream. */
final class PeerCertificate {
    private static final int URI_NAME = 6;

    static final Context.Key<ImmutableList<String>> KEY = Context.keyWithDefault("principals", ImmutableList.of());
    static final ServerInterceptor INTERCEPTOR = new ServerInterceptor() {
        @Override
        public <Q, R> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
            ImmutableList<String> names = names(call.getAttributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION));
            return Contexts.interceptCall(Context.current().withValue(KEY, names), call, headers, next);
        }
    };

    private PeerCertificate() {}

    private static ImmutableList<String> names(@Nullable SSLSession session) {
        if (session == null) {
            return ImmutableList.of();
        }
        ImmutableList.Builder<String> names = ImmutableList.builder();
        try {
            Certificate[] chain = session.getPeerCertificates();
            if (chain.length > 0
                    && chain[0] instanceof X509Certificate leaf
                    && leaf.getSubjectAlternativeNames() != null) {
                for (List<?> name : leaf.getSubjectAlternativeNames()) {
                    if (Integer.valueOf(URI_NAME).equals(name.get(0))) {
                        names.add(String.valueOf(name.get(1)));
                    }
                }
            }
        } catch (SSLPeerUnverifiedException | CertificateParsingException e) {
            return ImmutableList.of();
        }
        return names.build();
    }
}
