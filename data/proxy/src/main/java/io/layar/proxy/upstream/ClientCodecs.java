package io.layar.proxy.upstream;

import io.layar.proxy.codec.ClientConnection;
import io.layar.proxy.codec.ClientConnectionListener;
import io.layar.proxy.core.cluster.HttpOptions;
import io.layar.proxy.worker.Worker;
import io.netty.channel.Channel;

/** Makes the codecs of upstream connections. Thread: event loop of the channel. */
public interface ClientCodecs {
    ClientConnection http1(Channel channel, Worker worker, ClientConnectionListener listener, HttpOptions options);

    ClientConnection http2(Channel channel, Worker worker, ClientConnectionListener listener, HttpOptions options);
}
