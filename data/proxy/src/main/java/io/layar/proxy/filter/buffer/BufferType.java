package io.layar.proxy.filter.buffer;

import com.google.protobuf.Any;
import io.envoyproxy.envoy.extensions.filters.http.buffer.v3.Buffer;
import io.envoyproxy.envoy.extensions.filters.http.buffer.v3.BufferPerRoute;
import io.layar.proxy.core.config.ConfigRejected;
import io.layar.proxy.core.config.Types;
import io.layar.proxy.http.HttpFilterContext;
import io.layar.proxy.http.HttpFilterFactory;
import io.layar.proxy.http.HttpFilterType;
import java.util.List;

/** The filter {@code envoy.filters.http.buffer}. */
public final class BufferType implements HttpFilterType {
    private static final String PREFIX = "type.googleapis.com/envoy.extensions.filters.http.buffer.v3.";

    @Override
    public String typeUrl() {
        return PREFIX + "Buffer";
    }

    @Override
    public List<String> routeTypeUrls() {
        return List.of(PREFIX + "BufferPerRoute");
    }

    @Override
    public HttpFilterFactory compile(Any config, HttpFilterContext context) {
        BufferFilter.Limit limit = limit(Types.unpack(config, Buffer.getDefaultInstance(), ""));
        return callbacks -> new BufferFilter(limit, callbacks);
    }

    @Override
    public Object compileForRoute(Any config, HttpFilterContext context) {
        BufferPerRoute proto = Types.unpack(config, BufferPerRoute.getDefaultInstance(), "");
        return switch (proto.getOverrideCase()) {
            case DISABLED -> new BufferFilter.Limit(-1);
            case BUFFER -> limit(proto.getBuffer());
            case OVERRIDE_NOT_SET -> throw new ConfigRejected("override", "value is required");
        };
    }

    private static BufferFilter.Limit limit(Buffer proto) {
        if (proto.getMaxRequestBytes().getValue() == 0) {
            throw new ConfigRejected("max_request_bytes", "value must be greater than 0");
        }
        return new BufferFilter.Limit(proto.getMaxRequestBytes().getValue());
    }
}
