package io.layar.proxy.http;

import com.google.protobuf.UInt32Value;
import io.envoyproxy.envoy.config.core.v3.Http2ProtocolOptions;
import io.layar.proxy.codec.http1.HeaderLimits;
import io.layar.proxy.codec.http2.Http2Options;
import io.layar.proxy.core.config.ConfigRejected;
import io.layar.proxy.core.config.Durations;
import io.layar.proxy.core.config.Fields;
import org.jspecify.annotations.Nullable;

/** Compiles {@code Http2ProtocolOptions}. Errors: {@link ConfigRejected}. Thread: any. */
public final class Http2Settings {
    private Http2Settings() {}

    /** {@code overrideStreamError}: what the connection manager itself says, which wins over the options; null when it is silent. */
    public static Http2Options compile(
            Http2ProtocolOptions proto, HeaderLimits limits, @Nullable Boolean overrideStreamError, String path) {
        Fields.refuse(proto, path, "allow_metadata", "custom_settings_parameters", "connection_keepalive");
        Http2Options usual = Http2Options.DEFAULT;
        return new Http2Options(
                number(proto.hasInitialStreamWindowSize(), proto.getInitialStreamWindowSize(), usual.streamWindow()),
                number(
                        proto.hasInitialConnectionWindowSize(),
                        proto.getInitialConnectionWindowSize(),
                        usual.connectionWindow()),
                number(proto.hasMaxConcurrentStreams(), proto.getMaxConcurrentStreams(), usual.maxConcurrentStreams()),
                number(proto.hasHpackTableSize(), proto.getHpackTableSize(), usual.headerTableSize()),
                limits.maxBytes(),
                limits.maxCount(),
                usual.sendBuffer(),
                proto.getAllowConnect(),
                overrideStreamError != null ? overrideStreamError : streamErrors(proto),
                number(
                        proto.hasMaxOutboundControlFrames(),
                        proto.getMaxOutboundControlFrames(),
                        usual.maxControlFrames()),
                number(
                        proto.hasMaxConsecutiveInboundFramesWithEmptyPayload(),
                        proto.getMaxConsecutiveInboundFramesWithEmptyPayload(),
                        usual.maxEmptyFrames()),
                number(
                        proto.hasMaxInboundPriorityFramesPerStream(),
                        proto.getMaxInboundPriorityFramesPerStream(),
                        usual.maxPriorityFramesPerStream()),
                number(
                        proto.hasMaxInboundWindowUpdateFramesPerDataFrameSent(),
                        proto.getMaxInboundWindowUpdateFramesPerDataFrameSent(),
                        usual.maxWindowUpdatesPerDataFrame()));
    }

    @SuppressWarnings("deprecation") // the older of two names
    private static boolean streamErrors(Http2ProtocolOptions proto) {
        return proto.hasOverrideStreamErrorOnInvalidHttpMessage()
                ? proto.getOverrideStreamErrorOnInvalidHttpMessage().getValue()
                : proto.getStreamErrorOnInvalidHttpMessaging();
    }

    private static int number(boolean present, UInt32Value value, int otherwise) {
        return (int) Math.min(Integer.MAX_VALUE, Durations.unsigned(present, value, otherwise));
    }
}
