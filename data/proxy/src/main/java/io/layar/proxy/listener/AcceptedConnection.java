package io.layar.proxy.listener;

import io.layar.proxy.core.match.ConnectionFacts;
import io.layar.proxy.core.stream.Address;
import io.layar.proxy.core.stream.ConnectionInfo;
import io.layar.proxy.core.stream.ResponseFlag;
import io.layar.proxy.core.stream.StreamInfo;
import io.layar.proxy.core.stream.TlsFacts;
import io.layar.proxy.network.DownstreamConnection;
import io.layar.proxy.transport.TransportEvent;
import io.layar.proxy.worker.Timer;
import io.layar.proxy.worker.Worker;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One accepted connection: listener filters look at its first bytes, a filter chain is chosen, its transport shakes hands, its network filters run.
 *
 * <p>The one inbound handler of its channel (TLS, where there is any, is in front of it). Thread: event loop of the connection.
 */
public final class AcceptedConnection extends ChannelInboundHandlerAdapter implements DownstreamConnection {
    private enum Phase {
        INSPECTING,
        HANDSHAKING,
        OPEN,
        CLOSED
    }

    private final Worker worker;
    private final Channel channel;
    private final ListenerHost host;
    private final ConnectionInfo info;
    private ListenerConfig listener;
    private Phase phase = Phase.INSPECTING;
    private @Nullable Inspection inspection;
    private @Nullable FilterChain chain;
    private @Nullable FilterRun filters;
    private @Nullable StreamInfo session;
    private @Nullable ByteCounter counter;
    private @Nullable Timer timer;
    /** Plain until an inspector says otherwise, as Envoy takes it. */
    private String transportProtocol = "raw_buffer";

    private List<String> applicationProtocols = List.of();
    private int pauses;
    private long delayedCloseMillis = 1000;
    private boolean closing;
    private boolean dropInput;
    private boolean beforeChain = true;

    AcceptedConnection(Worker worker, Channel channel, ListenerHost host, ListenerConfig listener) {
        this.worker = worker;
        this.channel = channel;
        this.host = host;
        this.listener = listener;
        this.info = new ConnectionInfo(
                host.nextConnectionId(), Address.of(channel.remoteAddress()), Address.of(channel.localAddress()));
    }

    /** The channel is registered and active: begins with the listener filters. */
    void start() {
        listener.stats().preActive().inc();
        begin(null, true);
    }

    private void begin(@Nullable ByteBuf bytes, boolean handOff) {
        info.listenerName(listener.name());
        info.listenerMetadata(listener.metadata());
        if (listener.log() != null) {
            session();
        }
        inspection = new Inspection(this, listener, bytes, handOff);
        if (listener.filterTimeoutMillis() > 0 && !listener.filters().isEmpty()) {
            timer = worker.timer(this::onTimeout);
            timer.arm(listener.filterTimeoutMillis());
        }
        inspection.run();
    }

    /** Every listener filter is done: another listener takes over, or a chain is chosen. */
    void inspected(ByteBuf bytes, boolean handOff) {
        inspection = null;
        stopTimer();
        ListenerConfig meant = handOff && listener.useOriginalDestination()
                ? host.meantBy(info.local().socket())
                : null;
        if (meant != null) {
            listener.stats().preActive().dec();
            listener = meant;
            listener.stats().preActive().inc();
            begin(bytes, false);
            return;
        }
        chooseChain(bytes);
    }

    void rejected(String details) {
        listener.stats().filterError().inc();
        end(details, null);
    }

    private void chooseChain(ByteBuf bytes) {
        FilterChain found = listener.matcher().find(facts());
        if (found == null) {
            found = listener.defaultChain();
        }
        listener.stats().preActive().dec();
        beforeChain = false;
        if (found == null) {
            listener.stats().noFilterChain().inc();
            phase = Phase.OPEN;
            bytes.release();
            endOpen("filter_chain_not_found", ResponseFlag.NO_ROUTE_FOUND);
            return;
        }
        adopt(found, bytes);
    }

    private ConnectionFacts facts() {
        return new ConnectionFacts(
                info.local().inet(),
                info.local().port(),
                info.serverName() == null ? "" : info.serverName(),
                transportProtocol,
                applicationProtocols,
                info.directRemote().inet(),
                info.remote().inet(),
                info.remote().port());
    }

    private void adopt(FilterChain found, ByteBuf bytes) {
        chain = found;
        info.filterChainName(found.name());
        info.filterChainMetadata(found.metadata());
        listener.stats().total().inc();
        listener.stats().active().inc();
        host.opened(this);
        channel.config()
                .setWriteBufferWaterMark(new WriteBufferWaterMark(listener.bufferLimit() / 2, listener.bufferLimit()));
        if (found.halfClose()) {
            channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        }
        if (session != null
                && !found.filters().isEmpty()
                && !found.filters().getLast().countsBytes()) {
            counter = new ByteCounter(session);
            channel.pipeline().addBefore(channel.pipeline().context(this).name(), null, counter);
        }
        if (found.transport() == null) {
            phase = Phase.OPEN;
            openFilters(found);
            deliver(bytes);
            return;
        }
        phase = Phase.HANDSHAKING;
        if (!found.transport().ready()) {
            bytes.release();
            endOpen("", null);
            return;
        }
        if (found.connectTimeoutMillis() > 0) {
            timer = worker.timer(() -> endOpen("transport_socket_timeout", null));
            timer.arm(found.connectTimeoutMillis());
        }
        found.transport().install(channel);
        if (bytes.isReadable()) {
            channel.pipeline().fireChannelRead(bytes);
            channel.pipeline().fireChannelReadComplete();
        } else {
            bytes.release();
        }
    }

    private void openFilters(FilterChain found) {
        if (found.filters().isEmpty()) {
            endOpen("", null);
            return;
        }
        filters = new FilterRun(this, found.filters());
        filters.start();
    }

    private void deliver(ByteBuf bytes) {
        if (filters != null && bytes.isReadable() && !dropInput) {
            if (counter != null) {
                counter.received(bytes.readableBytes());
            }
            filters.onData(bytes);
            filters.onReadComplete();
        } else {
            bytes.release();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        if (filters != null && !dropInput) {
            filters.onData(bytes);
        } else if (inspection != null) {
            inspection.onBytes(bytes);
        } else {
            bytes.release();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (filters != null) {
            filters.onReadComplete();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (filters != null) {
            filters.onWritabilityChanged(channel.isWritable());
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        switch (event) {
            case TransportEvent.Ready(var tls, var alpn) -> handshakeDone(tls, alpn);
            case TransportEvent.Failed(var reason) -> handshakeFailed(reason);
            case ChannelInputShutdownEvent _ -> endOfInput();
            case SslCloseCompletionEvent _ -> endOfInput();
            default -> {}
        }
    }

    private void handshakeDone(TlsFacts tls, @Nullable String alpn) {
        if (phase != Phase.HANDSHAKING || chain == null) {
            return;
        }
        stopTimer();
        info.tls(tls);
        info.alpn(alpn);
        phase = Phase.OPEN;
        openFilters(chain);
    }

    private void handshakeFailed(String reason) {
        info.transportFailure(reason);
        endOpen("", null);
    }

    private void endOfInput() {
        if (phase == Phase.OPEN && filters != null && chain != null && chain.halfClose()) {
            filters.onEndOfStream();
        } else {
            channel.close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        closed();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof java.io.IOException || cause instanceof io.netty.handler.codec.DecoderException) {
            channel.close();
            return;
        }
        host.fault(this, cause);
        channel.close();
    }

    private void closed() {
        if (phase == Phase.CLOSED) {
            return;
        }
        phase = Phase.CLOSED;
        stopTimer();
        if (inspection != null) {
            inspection.release();
            inspection = null;
        }
        if (chain == null) {
            if (beforeChain) {
                listener.stats().preActive().dec();
            }
        } else {
            listener.stats().active().dec();
            listener.stats().destroyed().inc();
            listener.stats().lengthMillis().record((System.nanoTime() - info.startNanos()) / 1_000_000);
            host.closed(this);
        }
        if (filters != null) {
            filters.onClosed();
        }
        if (session != null && listener.log() != null) {
            listener.log().log(session, worker);
        }
    }

    private void onTimeout() {
        listener.stats().preTimeout().inc();
        if (listener.continueOnTimeout() && inspection != null) {
            inspection.giveUp();
            return;
        }
        end("listener_filter_timeout", null);
    }

    private void end(String details, @Nullable ResponseFlag flag) {
        if (inspection != null) {
            inspection.release();
            inspection = null;
        }
        endOpen(details, flag);
    }

    private void endOpen(String details, @Nullable ResponseFlag flag) {
        if (session != null) {
            if (flag != null) {
                session.addFlag(flag);
            }
            session.responseCodeDetails(details.isEmpty() ? null : details);
        }
        channel.close();
    }

    private void stopTimer() {
        if (timer != null) {
            timer.disarm();
            timer = null;
        }
    }

    /** The listener's or the process's end is near: filters end gracefully. */
    void drain() {
        if (filters != null) {
            filters.onDrain();
        }
    }

    FilterChain chain() {
        if (chain == null) {
            throw new IllegalStateException("no chain chosen yet");
        }
        return chain;
    }

    ListenerConfig listener() {
        return listener;
    }

    boolean isClosed() {
        return phase == Phase.CLOSED || closing;
    }

    /** Set by the inspectors: {@code tls} or {@code raw_buffer}. */
    void transportProtocol(String protocol) {
        transportProtocol = protocol;
    }

    String transportProtocol() {
        return transportProtocol;
    }

    void applicationProtocols(List<String> protocols) {
        applicationProtocols = protocols;
    }

    @Override
    public Channel channel() {
        return channel;
    }

    @Override
    public Worker worker() {
        return worker;
    }

    @Override
    public ConnectionInfo info() {
        return info;
    }

    @Override
    public StreamInfo session() {
        StreamInfo known = session;
        if (known == null) {
            known = new StreamInfo(info, System.nanoTime(), Instant.now());
            session = known;
        }
        return known;
    }

    @Override
    public void write(ByteBuf data) {
        channel.write(data, channel.voidPromise());
    }

    @Override
    public void flush() {
        channel.flush();
    }

    @Override
    public void pauseReading(boolean pause) {
        pauses += pause ? 1 : -1;
        channel.config().setAutoRead(pauses == 0);
    }

    @Override
    public void continueReading() {
        if (filters != null) {
            filters.resume();
        }
    }

    @Override
    public void delayedCloseMillis(long millis) {
        delayedCloseMillis = millis;
    }

    @Override
    public void close(Close how, String details) {
        if (!details.isEmpty()) {
            info.terminationDetails(details);
        }
        if (closing && how == Close.FLUSH_AND_LINGER) {
            return;
        }
        closing = true;
        switch (how) {
            case NO_FLUSH -> channel.close();
            case FLUSH -> flushAndClose();
            case RESET -> {
                channel.config().setOption(ChannelOption.SO_LINGER, 0);
                channel.close();
            }
            case FLUSH_AND_LINGER -> linger();
        }
    }

    private void flushAndClose() {
        dropInput = true;
        channel.writeAndFlush(io.netty.buffer.Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }

    private void linger() {
        if (delayedCloseMillis == 0) {
            flushAndClose();
            return;
        }
        dropInput = true;
        if (pauses > 0) {
            pauses = 0;
            channel.config().setAutoRead(true);
        }
        channel.writeAndFlush(io.netty.buffer.Unpooled.EMPTY_BUFFER).addListener(done -> {
            if (channel.isActive()) {
                stopTimer();
                timer = worker.timer(channel::close);
                timer.arm(delayedCloseMillis);
            }
        });
    }

    @Override
    public void shutdownOutput() {
        if (channel.pipeline().get(io.netty.handler.ssl.SslHandler.class)
                instanceof io.netty.handler.ssl.SslHandler ssl) {
            ssl.closeOutbound();
        } else if (channel instanceof DuplexChannel duplex) {
            channel.writeAndFlush(io.netty.buffer.Unpooled.EMPTY_BUFFER).addListener(done -> duplex.shutdownOutput());
        }
    }

    @Override
    public boolean draining() {
        return chain != null && chain.drain().getAsBoolean();
    }
}
