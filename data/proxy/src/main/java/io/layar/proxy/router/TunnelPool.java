package io.layar.proxy.router;

import io.layar.proxy.codec.RequestSender;
import io.layar.proxy.codec.ResetReason;
import io.layar.proxy.codec.ResponseReceiver;
import io.layar.proxy.core.cluster.Host;
import io.layar.proxy.core.http.HeaderMap;
import io.layar.proxy.core.http.HeaderNames;
import io.layar.proxy.upstream.HttpPool;
import io.layar.proxy.upstream.PendingStream;
import io.layar.proxy.upstream.PoolCallbacks;
import io.layar.proxy.upstream.PoolFailure;
import io.layar.proxy.upstream.TcpConnection;
import io.layar.proxy.upstream.TcpPool;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/**
 * Raw TCP that looks like an HTTP stream: the request's body goes out as bytes, the bytes that come are the body of a 200.
 *
 * <p>Thread: event loop of the worker.
 */
final class TunnelPool implements HttpPool {
    private final TcpPool pool;

    TunnelPool(TcpPool pool) {
        this.pool = pool;
    }

    @Override
    public @Nullable PendingStream newStream(ResponseReceiver receiver, PoolCallbacks callbacks) {
        return pool.newConnection(new TcpPool.Callbacks() {
            @Override
            public void onReady(TcpConnection connection, Host host) {
                Tunnel tunnel = new Tunnel(connection, receiver);
                connection.listener(tunnel);
                callbacks.onReady(tunnel, host, connection);
            }

            @Override
            public void onFailure(PoolFailure failure, String transportFailure, @Nullable Host host) {
                callbacks.onFailure(failure, transportFailure, host);
            }
        });
    }

    @Override
    public @Nullable String protocol() {
        return null;
    }

    private static final class Tunnel implements RequestSender, TcpConnection.Listener {
        private final TcpConnection connection;
        private final ResponseReceiver receiver;
        private boolean inputEnd;
        private boolean over;

        Tunnel(TcpConnection connection, ResponseReceiver receiver) {
            this.connection = connection;
            this.receiver = receiver;
        }

        @Override
        public void sendHeaders(HeaderMap headers, boolean endStream) {
            HeaderMap accepted = new HeaderMap().add(HeaderNames.STATUS, "200");
            receiver.onHeaders(accepted, false);
            if (endStream && !over) {
                connection.shutdownOutput();
            }
        }

        @Override
        public void sendData(ByteBuf data, boolean endStream) {
            connection.write(data);
            connection.flush();
            if (endStream) {
                connection.shutdownOutput();
            }
        }

        @Override
        public void sendTrailers(HeaderMap trailers) {
            connection.shutdownOutput();
        }

        @Override
        public void reset(ResetReason reason) {
            over = true;
            connection.close(false);
        }

        @Override
        public void pauseReading(boolean pause) {
            connection.pauseReading(pause);
        }

        @Override
        public boolean isWritable() {
            return connection.isWritable();
        }

        @Override
        public void onData(ByteBuf data) {
            if (over) {
                data.release();
            } else {
                receiver.onData(data, false);
            }
        }

        @Override
        public void onReadComplete() {}

        @Override
        public void onEndOfStream() {
            if (!over && !inputEnd) {
                inputEnd = true;
                receiver.onData(Unpooled.EMPTY_BUFFER, true);
            }
        }

        @Override
        public void onClosed(boolean reset) {
            if (!over && !inputEnd) {
                over = true;
                receiver.onReset(ResetReason.CONNECTION_TERMINATION, "");
            }
        }

        @Override
        public void onWritabilityChanged(boolean writable) {
            if (!over) {
                receiver.onWritabilityChanged(writable);
            }
        }
    }
}
