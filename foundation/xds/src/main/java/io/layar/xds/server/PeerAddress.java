package io.layar.xds.server;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.net.SocketAddress;

/** Carries the client's address from the transport to the stream. */
final class PeerAddress {
    static final Context.Key<String> KEY = Context.keyWithDefault("peer", "");
    static final ServerInterceptor INTERCEPTOR = new ServerInterceptor() {
        @Override
        public <Q, R> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
            SocketAddress address = call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
            String peer = address == null ? "" : address.toString().replaceFirst("^.*/", "");
            return Contexts.interceptCall(Context.current().withValue(KEY, peer), call, headers, next);
        }
    };

    private PeerAddress() {}
}
