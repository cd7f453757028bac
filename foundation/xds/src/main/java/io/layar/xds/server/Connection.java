package io.layar.xds.server;

import com.google.common.collect.ImmutableList;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.layar.xds.TypeUrl;
import io.layar.xds.session.Received;
import io.layar.xds.session.Sent;
import io.layar.xds.session.Session;
import io.layar.xds.session.WatchStatus;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One stream of one client.
 *
 * <p>Thread: its methods from any; the session is only touched inside the mailbox. Acknowledgements are taken on the
 * transport's thread, resources are built on the server's workers.
 */
public final class Connection {
    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

    private final ClientInfo info;
    private final XdsApplication.Client client;
    private final Stream<?, ?> stream;
    private final Mailbox mailbox;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile long waitingSince;

    /** A session and where its responses go. */
    record Stream<Q, R>(Session<Q, R> session, ServerCallStreamObserver<R> out) {
        Optional<Sent<R>> offer(TypeUrl type, Offer offer) {
            Optional<Sent<R>> sent = session.offer(type, offer.resources(), offer.version());
            sent.ifPresent(response -> out.onNext(response.message()));
            return sent;
        }
    }

    Connection(ClientInfo info, XdsApplication.Client client, Stream<?, ?> stream, Executor workers) {
        this.info = info;
        this.client = client;
        this.stream = stream;
        this.mailbox = new Mailbox(workers);
    }

    public ClientInfo info() {
        return info;
    }

    public XdsApplication.Client client() {
        return client;
    }

    /** Something may have changed: sends what differs, later. */
    public void push() {
        long told = System.nanoTime();
        mailbox.submit(() -> {
            client.turn(System.nanoTime() - told);
            stream.session().changed();
            pump();
        });
    }

    /** What the client was sent and what it said, as of now. */
    public CompletableFuture<ImmutableList<WatchStatus>> status() {
        CompletableFuture<ImmutableList<WatchStatus>> status = new CompletableFuture<>();
        mailbox.submit(() -> status.complete(stream.session().status()));
        return status;
    }

    /** Ends the stream; the client will come back. */
    public void disconnect(Status status) {
        mailbox.submit(() -> fail(status));
    }

    <Q> void request(Session<Q, ?> session, Q request) {
        mailbox.submitOrRun(() -> {
            if (closed.get()) {
                return;
            }
            try {
                Received received = session.receive(request);
                client.received(received);
            } catch (RuntimeException e) {
                failed(e);
                return;
            }
            if (session.nextDue().isPresent()) {
                mailbox.submit(this::pump);
            } else {
                noteWaiting();
            }
        });
    }

    /** Called now and then: a client that stays silent for this long no longer holds anything back. */
    void checkPatience(long now, long patienceNanos) {
        long since = waitingSince;
        if (since != 0 && now - since > patienceNanos) {
            mailbox.submit(() -> {
                stream.session().stopWaiting();
                pump();
            });
        }
    }

    void close() {
        if (closed.compareAndSet(false, true)) {
            mailbox.submit(client::closed);
        }
    }

    private void pump() {
        if (closed.get()) {
            return;
        }
        try {
            Optional<TypeUrl> due = stream.session().nextDue();
            while (due.isPresent()) {
                TypeUrl type = due.get();
                long start = System.nanoTime();
                Offer offer = client.resources(type, stream.session().subscription(type));
                Optional<? extends Sent<?>> sent = stream.offer(type, offer);
                if (sent.isPresent()) {
                    client.sent(sent.get(), System.nanoTime() - start);
                }
                due = stream.session().nextDue();
            }
            noteWaiting();
            client.settled();
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    private void noteWaiting() {
        boolean waiting = stream.session().waiting();
        if (!waiting) {
            waitingSince = 0;
        } else if (waitingSince == 0) {
            waitingSince = System.nanoTime();
        }
    }

    private void failed(RuntimeException e) {
        if (e instanceof StatusRuntimeException status) {
            fail(status.getStatus());
            return;
        }
        LOG.atError().setCause(e).addKeyValue("proxy", info.node().getId()).log("stream failed");
        fail(Status.INTERNAL.withDescription("internal error"));
    }

    private void fail(@Nullable Status status) {
        if (closed.compareAndSet(false, true)) {
            if (status != null && !stream.out().isCancelled()) {
                stream.out().onError(status.asRuntimeException());
            }
            client.closed();
        }
    }

    @Override
    public String toString() {
        return info.connectionId();
    }

    /** How long the connection has lived. */
    public long ageSeconds() {
        return TimeUnit.MILLISECONDS.toSeconds(
                System.currentTimeMillis() - info.connectedAt().toEpochMilli());
    }
}
