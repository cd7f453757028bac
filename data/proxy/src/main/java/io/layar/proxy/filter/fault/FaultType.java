package io.layar.proxy.filter.fault;

import com.google.protobuf.Any;
import io.envoyproxy.envoy.extensions.filters.http.fault.v3.HTTPFault;
import io.layar.proxy.core.config.Types;
import io.layar.proxy.core.runtime.RuntimeValues;
import io.layar.proxy.http.HttpFilterContext;
import io.layar.proxy.http.HttpFilterFactory;
import io.layar.proxy.http.HttpFilterType;

/** The filter {@code envoy.filters.http.fault}. */
public final class FaultType implements HttpFilterType {
    @Override
    public String typeUrl() {
        return "type.googleapis.com/envoy.extensions.filters.http.fault.v3.HTTPFault";
    }

    @Override
    public HttpFilterFactory compile(Any config, HttpFilterContext context) {
        FaultConfig ofChain = FaultConfig.compile(Types.unpack(config, HTTPFault.getDefaultInstance(), ""));
        FaultStats stats = FaultStats.of(context.stats().scope(context.statPrefix()));
        RuntimeValues runtime = context.runtime();
        return callbacks -> new FaultFilter(ofChain, stats, runtime, callbacks);
    }

    @Override
    public Object compileForRoute(Any config, HttpFilterContext context) {
        return FaultConfig.compile(Types.unpack(config, HTTPFault.getDefaultInstance(), ""));
    }
}
