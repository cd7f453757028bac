package io.layar.proxy.http;

import io.layar.proxy.codec.ResetReason;
import io.layar.proxy.core.http.HeaderMap;
import io.layar.proxy.core.route.Route;
import io.layar.proxy.core.stream.StreamInfo;
import io.layar.proxy.worker.Worker;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a filter may ask of its stream. Each filter of a stream has its own callbacks, which know the filter's place in the chain.
 * Thread: event loop of the stream.
 */
public interface FilterCallbacks {
    /** No gRPC status given: it follows from the HTTP status. */
    int NO_GRPC_STATUS = -1;

    StreamInfo streamInfo();

    /** The loop of the downstream connection; upstream connections for this stream open on it. */
    EventLoop eventLoop();

    /** The worker of that loop: its timers, and what others keep once per worker. */
    Worker worker();

    /** A number that is unique among the streams of this process. */
    long streamId();

    HeaderMap requestHeaders();

    @Nullable
    HeaderMap requestTrailers();

    @Nullable
    HeaderMap responseHeaders();

    @Nullable
    HeaderMap responseTrailers();

    /** The route of the request as its headers are now; null when none matches. Cached until {@link #clearRoute}. */
    @Nullable
    Route route();

    /** Forgets the cached route; the next {@link #route} looks it up again. */
    void clearRoute();

    /** This filter's most specific compiled configuration among weighted cluster, route, virtual host, route table; or null. */
    @Nullable
    Object routeConfig();

    /** All of them, least specific first. */
    List<Object> routeConfigs();

    /** Lets a stopped request go on to the next filter. */
    void continueRequest();

    /** Lets a stopped response go on to the next filter. */
    void continueResponse();

    /**
     * Answers the request here. Passes the response filters, local_reply_config and gRPC translation; resets the stream when
     * response headers were already sent.
     *
     * @param modifyHeaders may add to the answer's headers before they go out
     * @param grpcStatus status of the answer when the request is gRPC, or {@link #NO_GRPC_STATUS}
     * @param details response code details
     */
    void sendLocalReply(
            int status, String body, @Nullable Consumer<HeaderMap> modifyHeaders, int grpcStatus, String details);

    default void sendLocalReply(int status, String body, String details) {
        sendLocalReply(status, body, null, NO_GRPC_STATUS, details);
    }

    /** 1xx headers from upstream. */
    void sendInformational(HeaderMap headers);

    /** Starts the response; {@code headers} belong to the stream from now on. {@code details}: {@code via_upstream}, … */
    void sendHeaders(HeaderMap headers, boolean endStream, String details);

    /** Sends response body. Consumes {@code data}. */
    void sendData(ByteBuf data, boolean endStream);

    void sendTrailers(HeaderMap trailers);

    /** Gives the downstream stream up: RST_STREAM, or a closed connection in HTTP/1. {@code details}: response code details. */
    void resetStream(ResetReason reason, String details);

    /**
     * Starts the stream anew from its first filter with the request headers as they are now (internal redirect). Returns false
     * when that is not possible: the request's body was not complete, or the response has begun.
     */
    boolean recreateStream();

    /** Within onRequestData or onResponseData: what goes on instead of the data given. Takes over {@code data}. */
    void replaceData(ByteBuf data);

    /** The body that waits at this filter, or null. Not to be released by the caller. */
    @Nullable
    ByteBuf bufferedRequestBody();

    @Nullable
    ByteBuf bufferedResponseBody();

    /** Replaces the body that waits at this filter. Takes over {@code data}. */
    void replaceBufferedRequestBody(ByteBuf data);

    void replaceBufferedResponseBody(ByteBuf data);

    /** Adds body bytes after what the filter has passed on. Within onRequestTrailers and when stopped. Takes over {@code data}. */
    void addRequestData(ByteBuf data);

    void addResponseData(ByteBuf data);

    int requestBufferLimit();

    /** Units: bytes. */
    void setRequestBufferLimit(int bytes);

    int responseBufferLimit();

    void setResponseBufferLimit(int bytes);

    /** Stops or resumes the client's body. Calls nest. */
    void pauseRequest(boolean pause);

    /** False while the client takes bytes slower than they come. */
    boolean downstreamWritable();

    /** Whether the whole request has been received. */
    boolean requestComplete();

    /** Headers of an HTTP/1 upgrade, or CONNECT, after which bytes flow raw both ways. */
    boolean upgrade();

    /** Restarts the idle timer of the stream, for filters that wait on purpose. */
    void resetIdleTimer();

    /** Sets the stream's idle timeout; zero switches it off. Units: milliseconds. For the router. */
    void setIdleTimeout(long millis);

    /** Sets the limit of the stream's whole life; zero switches it off. Units: milliseconds. For the router. */
    void setMaxStreamDuration(long millis);
}
