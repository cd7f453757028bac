package io.layar.proxy.core.stream;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The facts of one request (or of one TCP session): the connection manager, the router and filters write them, access logs and
 * header formatters read them.
 *
 * <p>Units: times are {@link System#nanoTime}; 0 is "has not happened". Thread: event loop of the connection.
 */
public final class StreamInfo {
    private static final int BITS_PER_FLAG = 5;
    private static final ResponseFlag[] FLAGS = ResponseFlag.values();
    private static final int POINTS = TimePoint.values().length;

    private final ConnectionInfo connection;
    private final long startNanos;
    private final Instant startTime;
    private final long[] times = new long[POINTS];
    private long endNanos;
    private long flagsInOrder;
    private int flagCount;
    private @Nullable String protocol;
    private int responseCode;
    private @Nullable String responseCodeDetails;
    private @Nullable String terminationDetails;
    private @Nullable Address remote;
    private @Nullable UpstreamInfo upstream;
    private @Nullable RouteFacts route;
    private @Nullable String virtualClusterName;
    private @Nullable Metadata dynamicMetadata;
    private @Nullable FilterState filterState;
    private @Nullable String requestId;
    private @Nullable String traceId;
    private @Nullable String spanId;
    private boolean sampled;
    private long streamId;
    private int attemptCount;
    private boolean healthCheck;
    private boolean internal;
    private long bytesReceived;
    private long bytesSent;
    private long headerBytesReceived;
    private long headerBytesSent;
    private long trailerBytesSent;
    private long trailerBytesReceived;
    private long wireBytesReceived;
    private long wireBytesSent;

    /** A request that begins now. */
    public StreamInfo(ConnectionInfo connection, long nowNanos, Instant startTime) {
        this.connection = connection;
        this.startNanos = nowNanos;
        this.startTime = startTime;
        times[TimePoint.DS_RX_BEG.ordinal()] = nowNanos;
    }

    /** The facts with which the same request begins anew (internal redirect). */
    public StreamInfo again(long nowNanos, Instant time) {
        StreamInfo next = new StreamInfo(connection, nowNanos, time);
        next.protocol = protocol;
        next.remote = remote;
        next.requestId = requestId;
        next.streamId = streamId;
        next.internal = internal;
        next.filterState = filterState;
        next.traceId = traceId;
        next.spanId = spanId;
        next.sampled = sampled;
        next.bytesReceived = bytesReceived;
        return next;
    }

    public ConnectionInfo connection() {
        return connection;
    }

    public long startNanos() {
        return startNanos;
    }

    public Instant startTime() {
        return startTime;
    }

    /** Notes that something happened; of "last" moments the latest call counts. */
    public void mark(TimePoint point, long nowNanos) {
        times[point.ordinal()] = nowNanos;
    }

    /** Notes a "first" moment: later calls change nothing. */
    public void markFirst(TimePoint point, long nowNanos) {
        if (times[point.ordinal()] == 0) {
            times[point.ordinal()] = nowNanos;
        }
    }

    /** When it happened, or 0. */
    public long time(TimePoint point) {
        return times[point.ordinal()];
    }

    /** When the last byte of the answer was given to the codec, or the stream was given up; 0 before. */
    public long endNanos() {
        return endNanos;
    }

    /** The stream is over. */
    public void end(long nowNanos) {
        endNanos = nowNanos;
    }

    /** Forgets the upstream moments: a new attempt begins. */
    public void clearUpstreamTimes() {
        for (int i = TimePoint.US_CX_BEG.ordinal(); i <= TimePoint.US_RX_END.ordinal(); i++) {
            times[i] = 0;
        }
    }

    public void addFlag(ResponseFlag flag) {
        if (!hasFlag(flag) && flagCount < 64 / BITS_PER_FLAG) {
            flagsInOrder |= (long) (flag.ordinal() + 1) << (flagCount * BITS_PER_FLAG);
            flagCount++;
        }
    }

    public boolean hasFlag(ResponseFlag flag) {
        for (int i = 0; i < flagCount; i++) {
            if (flag(i) == flag) {
                return true;
            }
        }
        return false;
    }

    public void clearFlags() {
        flagsInOrder = 0;
        flagCount = 0;
    }

    public int flagCount() {
        return flagCount;
    }

    /** Flag {@code index} in the order in which they were set. */
    public ResponseFlag flag(int index) {
        return FLAGS[(int) ((flagsInOrder >>> (index * BITS_PER_FLAG)) & 31) - 1];
    }

    /** {@code HTTP/1.1} and so on, or null while unknown. */
    public @Nullable String protocol() {
        return protocol;
    }

    public void protocol(@Nullable String text) {
        protocol = text;
    }

    /** The status sent downstream, or 0. */
    public int responseCode() {
        return responseCode;
    }

    public void responseCode(int code) {
        responseCode = code;
    }

    public @Nullable String responseCodeDetails() {
        return responseCodeDetails;
    }

    public void responseCodeDetails(@Nullable String details) {
        responseCodeDetails = details;
    }

    /** The stream's own text, else the connection's. */
    public @Nullable String terminationDetails() {
        return terminationDetails != null ? terminationDetails : connection.terminationDetails();
    }

    public void terminationDetails(@Nullable String details) {
        terminationDetails = details;
    }

    /** The client as x-forwarded-for and the like tell, else as the connection does. */
    public Address remote() {
        return remote != null ? remote : connection.remote();
    }

    public void remote(Address address) {
        remote = address;
    }

    /** The last attempt, or null while nothing was tried. */
    public @Nullable UpstreamInfo upstream() {
        return upstream;
    }

    public void upstream(@Nullable UpstreamInfo info) {
        upstream = info;
    }

    /** The upstream facts, made when first needed. */
    public UpstreamInfo writableUpstream() {
        UpstreamInfo info = upstream;
        if (info == null) {
            info = new UpstreamInfo();
            upstream = info;
        }
        return info;
    }

    public @Nullable RouteFacts route() {
        return route;
    }

    public void route(@Nullable RouteFacts facts) {
        route = facts;
    }

    public @Nullable String virtualClusterName() {
        return virtualClusterName;
    }

    public void virtualClusterName(@Nullable String name) {
        virtualClusterName = name;
    }

    /** Dynamic metadata as it is now; not to be written to. */
    public Metadata dynamicMetadata() {
        return dynamicMetadata == null ? Metadata.EMPTY : dynamicMetadata;
    }

    public Metadata writableMetadata() {
        Metadata metadata = dynamicMetadata;
        if (metadata == null) {
            metadata = Metadata.writable();
            dynamicMetadata = metadata;
        }
        return metadata;
    }

    /** Takes over the filter state of {@code other}, whose place this stream takes. */
    public void inheritFilterState(StreamInfo other) {
        filterState = other.filterState;
    }

    /** An object of the stream's or the connection's filter state, or null. */
    public @Nullable Object filterState(String key) {
        FilterState own = filterState;
        if (own != null) {
            return own.get(key);
        }
        FilterState shared = connection.filterState();
        return shared == null ? null : shared.get(key);
    }

    public FilterState writableFilterState() {
        FilterState state = filterState;
        if (state == null) {
            state = new FilterState(connection.writableFilterState());
            filterState = state;
        }
        return state;
    }

    public @Nullable String requestId() {
        return requestId;
    }

    public void requestId(@Nullable String id) {
        requestId = id;
    }

    public @Nullable String traceId() {
        return traceId;
    }

    public @Nullable String spanId() {
        return spanId;
    }

    public boolean sampled() {
        return sampled;
    }

    public void trace(@Nullable String newTraceId, @Nullable String newSpanId, boolean isSampled) {
        traceId = newTraceId;
        spanId = newSpanId;
        sampled = isSampled;
    }

    public long streamId() {
        return streamId;
    }

    public void streamId(long id) {
        streamId = id;
    }

    /** Attempts so far; 0 when no upstream was asked. */
    public int attemptCount() {
        return attemptCount;
    }

    public void attemptCount(int count) {
        attemptCount = count;
    }

    public boolean healthCheck() {
        return healthCheck;
    }

    public void healthCheck(boolean is) {
        healthCheck = is;
    }

    /** True for a request that comes from inside (x-envoy-internal). */
    public boolean internal() {
        return internal;
    }

    public void internal(boolean is) {
        internal = is;
    }

    public long bytesReceived() {
        return bytesReceived;
    }

    public void addBytesReceived(long bytes) {
        bytesReceived += bytes;
    }

    public long bytesSent() {
        return bytesSent;
    }

    public void addBytesSent(long bytes) {
        bytesSent += bytes;
    }

    public long headerBytesReceived() {
        return headerBytesReceived;
    }

    public void addHeaderBytesReceived(long bytes) {
        headerBytesReceived += bytes;
    }

    public long headerBytesSent() {
        return headerBytesSent;
    }

    public void addHeaderBytesSent(long bytes) {
        headerBytesSent += bytes;
    }

    public long trailerBytesReceived() {
        return trailerBytesReceived;
    }

    public void addTrailerBytesReceived(long bytes) {
        trailerBytesReceived += bytes;
    }

    public long trailerBytesSent() {
        return trailerBytesSent;
    }

    public void addTrailerBytesSent(long bytes) {
        trailerBytesSent += bytes;
    }

    public long wireBytesReceived() {
        return wireBytesReceived;
    }

    public void addWireBytesReceived(long bytes) {
        wireBytesReceived += bytes;
    }

    public long wireBytesSent() {
        return wireBytesSent;
    }

    public void addWireBytesSent(long bytes) {
        wireBytesSent += bytes;
    }
}
