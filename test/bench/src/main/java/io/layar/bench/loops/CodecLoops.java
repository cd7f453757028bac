package io.layar.bench.loops;

import io.layar.proxy.codec.http1.Http1ClientConnection;
import io.layar.proxy.codec.http1.Http1Options;
import io.layar.proxy.codec.http1.Http1ServerConnection;
import io.layar.proxy.codec.http2.Http2ClientConnection;
import io.layar.proxy.codec.http2.Http2Options;
import io.layar.proxy.codec.http2.Http2ServerConnection;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A request of seven headers and its answer of four, written and parsed by both sides' codecs. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CodecLoops {
    private final CodecPair http1 = new CodecPair(
            (out, listener) -> new Http1ClientConnection(out, listener, Http1Options.CLIENT),
            (out, listener) -> new Http1ServerConnection(out, listener, Http1Options.SERVER));
    private final CodecPair http2 = new CodecPair(
            (out, listener) -> new Http2ClientConnection(out, listener, Http2Options.DEFAULT),
            (out, listener) -> new Http2ServerConnection(out, listener, Http2Options.DEFAULT));

    @Benchmark
    public int http1Exchange() {
        return http1.exchange();
    }

    @Benchmark
    public int http2Exchange() {
        return http2.exchange();
    }
}
