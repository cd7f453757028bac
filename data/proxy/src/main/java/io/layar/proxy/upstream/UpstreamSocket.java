package io.layar.proxy.upstream;

import io.layar.proxy.core.cluster.Host;
import io.layar.proxy.core.stream.Address;
import io.layar.proxy.core.stream.TlsFacts;
import io.layar.proxy.transport.TransportEvent;
import io.layar.proxy.transport.UpstreamTransport;
import io.layar.proxy.worker.Timer;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;
import java.net.SocketAddress;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * One upstream connection from the first SYN to its end: connecting, handshake, timeout, and the one handler of its channel.
 *
 * <p>Thread: event loop of its worker.
 */
@ChannelHandler.Sharable
abstract class UpstreamSocket extends ChannelInboundHandlerAdapter implements UpstreamConnection {
    /** Where a connection is in its life. */
    enum Phase {
        CONNECTING,
        HANDSHAKING,
        OPEN,
        CLOSED
    }

    private static final AtomicLong IDS = new AtomicLong();

    final Origin origin;
    final Host host;
    private final long id = IDS.incrementAndGet();
    private final Timer connectTimer;
    private Phase phase = Phase.CONNECTING;
    private @Nullable Channel channel;
    private Address remote;
    private @Nullable Address local;
    private @Nullable TlsFacts tls;
    private final long connectBegin = System.nanoTime();
    private long connectEnd;
    private long handshakeEnd;
    private boolean closingLocally;
    private boolean resetSeen;
    private String failure = "";

    /** What connections of one pool have in common. */
    record Origin(
            ClusterRuntime cluster,
            io.layar.proxy.worker.Worker worker,
            UpstreamTransport transport,
            UpstreamTransport.Options options) {}

    UpstreamSocket(Origin origin, Host host, Address remote) {
        this.origin = origin;
        this.host = host;
        this.remote = remote;
        this.connectTimer = origin.worker().timer(this::onConnectTimeout);
    }

    /** The connection is ready for use. */
    abstract void onOpen();

    /** It never became ready; counted already. */
    abstract void onConnectFailure(PoolFailure failure, String text);

    /** It was open and is gone. {@code remotely}: not by a close of ours; {@code reset}: with a RST. */
    abstract void onGone(boolean remotely, boolean reset);

    /** Consumes {@code data}. */
    abstract void onBytes(ByteBuf data);

    abstract void onReadsDone();

    abstract void onWritability(boolean writable);

    /** The peer sent FIN; only where half-closed connections are wanted. */
    void onEndOfStream() {}

    long connectTimeoutMillis() {
        return origin.cluster().config().connect().connectTimeoutMillis();
    }

    /** True where the connection goes on after the peer's FIN. */
    boolean halfClose() {
        return false;
    }

    final void connect() {
        if (!origin.transport().ready()) {
            origin.worker()
                    .execute(() ->
                            failed(PoolFailure.LOCAL_CONNECTION_FAILURE, "TLS error: Secret is not supplied by SDS"));
            return;
        }
        connectTimer.arm(connectTimeoutMillis());
        connectTo(0);
    }

    /** Tries the host's address, then each further one as the one before it fails. */
    private void connectTo(int attempt) {
        List<Address> more = host.facts().additionalAddresses();
        if (attempt > 0) {
            remote = more.get(attempt - 1);
        }
        SocketAddress target = Connecting.target(remote);
        Channel opened;
        try {
            opened = Connecting.channel(
                    origin.worker().sockets(), target, origin.cluster().config().connect(), halfClose());
            opened.pipeline().addLast(this);
            origin.transport().install(opened, origin.options());
        } catch (RuntimeException e) {
            // Out of descriptors, or a TLS context that cannot be used: to be told like any other failure, not to the
            // caller's stack.
            origin.worker().execute(() -> failed(PoolFailure.LOCAL_CONNECTION_FAILURE, Connecting.reason(e)));
            return;
        }
        channel = opened;
        origin.worker().loop().register(opened);
        SocketAddress from = Connecting.local(origin.cluster().config().connect(), target);
        ChannelFuture done = from == null ? opened.connect(target) : opened.connect(target, from);
        done.addListener(future -> {
            if (future.isSuccess() || phase != Phase.CONNECTING) {
                return;
            }
            if (attempt < more.size()) {
                connectTo(attempt + 1);
            } else {
                failed(
                        PoolFailure.REMOTE_CONNECTION_FAILURE,
                        "delayed connect error: " + Connecting.reason(future.cause()));
            }
        });
    }

    private void onConnectTimeout() {
        if (phase == Phase.CONNECTING || phase == Phase.HANDSHAKING) {
            failed(PoolFailure.TIMEOUT, "");
        }
    }

    private void failed(PoolFailure why, String text) {
        if (phase == Phase.CLOSED) {
            return;
        }
        phase = Phase.CLOSED;
        connectTimer.disarm();
        Channel open = channel;
        if (open != null) {
            open.close();
        }
        onConnectFailure(why, text);
    }

    @Override
    public final void channelActive(ChannelHandlerContext context) {
        connectEnd = System.nanoTime();
        if (phase != Phase.CONNECTING) {
            context.close();
        } else if (origin.transport().secure()) {
            phase = Phase.HANDSHAKING;
        } else {
            handshakeEnd = connectEnd;
            opened();
        }
    }

    private void opened() {
        phase = Phase.OPEN;
        connectTimer.disarm();
        onOpen();
    }

    @Override
    public final void userEventTriggered(ChannelHandlerContext context, Object event) {
        switch (event) {
            case TransportEvent.Ready ready -> {
                if (phase == Phase.HANDSHAKING) {
                    tls = ready.tls();
                    handshakeEnd = System.nanoTime();
                    opened();
                }
            }
            case TransportEvent.Failed failed -> {
                if (phase == Phase.HANDSHAKING) {
                    failed(PoolFailure.REMOTE_CONNECTION_FAILURE, failed.reason());
                } else {
                    failure = failed.reason();
                }
            }
            case ChannelInputShutdownEvent _ -> onEndOfStream();
            case ChannelInputShutdownReadComplete _ -> {}
            default -> context.fireUserEventTriggered(event);
        }
    }

    @Override
    public final void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof ByteBuf data) {
            onBytes(data);
        }
    }

    @Override
    public final void channelReadComplete(ChannelHandlerContext context) {
        if (phase == Phase.OPEN) {
            onReadsDone();
        }
    }

    @Override
    public final void channelWritabilityChanged(ChannelHandlerContext context) {
        if (phase == Phase.OPEN) {
            onWritability(context.channel().isWritable());
        }
    }

    @Override
    public final void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        resetSeen |= "Connection reset by peer".equals(Connecting.reason(cause));
        context.close();
    }

    @Override
    public final void channelInactive(ChannelHandlerContext context) {
        if (context.channel() != channel) {
            return;
        }
        switch (phase) {
            case CONNECTING, HANDSHAKING -> failed(PoolFailure.REMOTE_CONNECTION_FAILURE, failure);
            case OPEN -> {
                phase = Phase.CLOSED;
                onGone(!closingLocally, resetSeen);
            }
            case CLOSED -> {}
        }
    }

    /** Closes at once; {@link #onGone} follows within this call for an open connection, nothing for one that is still being made. */
    final void closeNow() {
        Phase before = phase;
        closingLocally = true;
        connectTimer.disarm();
        if (before != Phase.OPEN) {
            phase = Phase.CLOSED;
        }
        Channel open = channel;
        if (open != null) {
            open.close();
        }
    }

    /** Closes when all that was written is out. */
    final void closeFlushed() {
        closingLocally = true;
        channel()
                .writeAndFlush(io.netty.buffer.Unpooled.EMPTY_BUFFER)
                .addListener(io.netty.channel.ChannelFutureListener.CLOSE);
    }

    final void closeWithReset() {
        channel().config().setOption(ChannelOption.SO_LINGER, 0);
        closeNow();
    }

    final Channel channel() {
        Channel open = channel;
        if (open == null) {
            throw new IllegalStateException("no channel yet");
        }
        return open;
    }

    final Phase phase() {
        return phase;
    }

    final long connectMillis() {
        return (handshakeEnd - connectBegin) / 1_000_000;
    }

    final long ageMillis() {
        return (System.nanoTime() - connectBegin) / 1_000_000;
    }

    @Override
    public final long id() {
        return id;
    }

    @Override
    public final Address local() {
        Address known = local;
        if (known == null) {
            known = Address.of(channel().localAddress());
            local = known;
        }
        return known;
    }

    @Override
    public final Address remote() {
        return remote;
    }

    @Override
    public final @Nullable TlsFacts tls() {
        return tls;
    }

    @Override
    public final @Nullable String serverName() {
        return origin.options().serverName();
    }

    @Override
    public final long connectBeginNanos() {
        return connectBegin;
    }

    @Override
    public final long connectEndNanos() {
        return connectEnd;
    }

    @Override
    public final long handshakeEndNanos() {
        return handshakeEnd;
    }
}
