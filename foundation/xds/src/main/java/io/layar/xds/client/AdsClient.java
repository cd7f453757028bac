package io.layar.xds.client;

import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.layar.xds.Subscription;
import io.layar.xds.TypeUrl;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one aggregated stream to a control plane alive, and comes back with back-off when it is lost.
 *
 * <p>Thread: all methods and the handler on the loop given (one thread); the transport's threads only hand over.
 */
public final class AdsClient<Q, R> {
    private static final Logger LOG = LoggerFactory.getLogger(AdsClient.class);

    private final ManagedChannel channel;
    private final MethodDescriptor<Q, R> method;
    private final ClientSession<Q, R> session;
    private final Handler handler;
    private final ScheduledExecutorService loop;
    private final BackOff backOff;
    private @Nullable Call call;
    private boolean stopped;

    /** Who takes what the control plane says. */
    public interface Handler {
        /** Judges an update and uses what is good of it; may call {@link AdsClient#watch}. */
        Verdict update(Update update);

        /** A stream is open. */
        default void connected() {}

        /** The stream is lost; what was received stays in use. */
        default void disconnected(Status status) {}
    }

    public AdsClient(
            ManagedChannel channel,
            MethodDescriptor<Q, R> method,
            ClientSession<Q, R> session,
            Handler handler,
            ScheduledExecutorService loop,
            BackOff backOff) {
        this.channel = channel;
        this.method = method;
        this.session = session;
        this.handler = handler;
        this.loop = loop;
        this.backOff = backOff;
    }

    /** Wants this of a kind from now on. */
    public void watch(TypeUrl type, Subscription wanted) {
        session.watch(type, wanted);
        flush();
    }

    /** Opens the first stream. */
    public void connect() {
        if (stopped || call != null) {
            return;
        }
        // The back-off is ours: the channel must not wait on top of it.
        channel.resetConnectBackoff();
        Call opened = new Call(channel.newCall(method, CallOptions.DEFAULT));
        call = opened;
        opened.start();
        flush();
    }

    /** Ends the stream for good. */
    public void stop() {
        stopped = true;
        Call open = call;
        if (open != null) {
            open.call.cancel("stopped", null);
        }
        channel.shutdownNow();
    }

    public boolean isConnected() {
        Call open = call;
        return open != null && open.established;
    }

    private void flush() {
        Call open = call;
        if (open == null || open.busy) {
            return;
        }
        for (Optional<Q> request = session.poll(); request.isPresent(); request = session.poll()) {
            open.call.sendMessage(request.get());
        }
    }

    private final class Call extends ClientCall.Listener<R> {
        private final ClientCall<Q, R> call;
        private boolean established;
        /** A response is being judged: what is wanted because of it is said after its acknowledgement. */
        private boolean busy;

        private Call(ClientCall<Q, R> call) {
            this.call = call;
        }

        private void start() {
            call.start(this, new Metadata());
            call.request(1);
        }

        @Override
        public void onHeaders(Metadata headers) {
            loop.execute(this::open);
        }

        @Override
        public void onMessage(R response) {
            loop.execute(() -> {
                if (current()) {
                    open();
                    take(response);
                    call.request(1);
                }
            });
        }

        @Override
        public void onClose(Status status, Metadata trailers) {
            if (!loop.isShutdown()) {
                loop.execute(() -> lost(status));
            }
        }

        private boolean current() {
            return AdsClient.this.call == this;
        }

        private void open() {
            if (!established && current()) {
                established = true;
                handler.connected();
            }
        }

        private void take(R response) {
            backOff.reset();
            Update update;
            try {
                update = session.read(response);
            } catch (InvalidProtocolBufferException e) {
                LOG.atWarn().addKeyValue("error", e.getMessage()).log("unreadable response of the control plane");
                call.cancel("unreadable response", e);
                return;
            }
            busy = true;
            Verdict verdict;
            try {
                verdict = handler.update(update);
            } finally {
                busy = false;
            }
            session.answer(response, update, verdict);
            flush();
        }

        private void lost(Status status) {
            if (!current()) {
                return;
            }
            AdsClient.this.call = null;
            session.disconnected();
            if (stopped) {
                return;
            }
            handler.disconnected(status);
            Duration wait = backOff.next();
            LOG.atInfo()
                    .addKeyValue("error", status.toString())
                    .addKeyValue("millis", wait.toMillis())
                    .log("control plane lost, will reconnect");
            var unused = loop.schedule(AdsClient.this::connect, wait.toMillis(), TimeUnit.MILLISECONDS);
        }
    }
}
