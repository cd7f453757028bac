package io.layar.xds.server;

import io.envoyproxy.envoy.config.core.v3.Node;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.layar.xds.session.Session;
import org.jspecify.annotations.Nullable;

/** Requests of one stream as gRPC delivers them. Thread: its transport's. */
final class Incoming<Q, R> implements StreamObserver<Q> {
    private final Session<Q, R> session;
    private final ServerCallStreamObserver<R> out;
    private final Reader<Q> reader;
    private final Host host;
    private @Nullable Connection connection;
    private boolean refused;

    /** What is to be known of a request before it reaches the session. */
    interface Reader<Q> {
        Node node(Q request);

        /** The request with its kind, where the service implies it. */
        Q withKind(Q request);
    }

    /** Who keeps the connections. */
    interface Host {
        <Q, R> Connection open(Node node, Session<Q, R> session, ServerCallStreamObserver<R> out);

        void closed(Connection connection);
    }

    Incoming(Session<Q, R> session, ServerCallStreamObserver<R> out, Reader<Q> reader, Host host) {
        this.session = session;
        this.out = out;
        this.reader = reader;
        this.host = host;
        out.setOnCancelHandler(this::ended);
    }

    @Override
    public void onNext(Q request) {
        if (refused) {
            return;
        }
        Connection open = connection;
        if (open == null) {
            Node node = reader.node(request);
            if (node.getId().isEmpty()) {
                refuse(Status.INVALID_ARGUMENT.withDescription("missing node information"));
                return;
            }
            try {
                open = host.open(node, session, out);
            } catch (StatusRuntimeException e) {
                refuse(e.getStatus());
                return;
            }
            connection = open;
        }
        open.request(session, reader.withKind(request));
    }

    private void refuse(Status status) {
        refused = true;
        out.onError(status.asRuntimeException());
    }

    @Override
    public void onError(Throwable error) {
        ended();
    }

    @Override
    public void onCompleted() {
        ended();
        if (!refused) {
            out.onCompleted();
        }
    }

    private void ended() {
        Connection open = connection;
        if (open != null) {
            host.closed(open);
        }
    }
}
