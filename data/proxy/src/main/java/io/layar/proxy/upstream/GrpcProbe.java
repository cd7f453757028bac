package io.layar.proxy.upstream;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import io.layar.proxy.codec.RequestSender;
import io.layar.proxy.codec.ResetReason;
import io.layar.proxy.core.health.HealthCheckConfig.Probe;
import io.layar.proxy.core.http.HeaderMap;
import io.layar.proxy.core.http.HeaderNames;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One gRPC health check: {@code grpc.health.v1.Health/Check}. Thread: main loop. */
final class GrpcProbe implements ProbeConnection.Request {
    private static final int SERVING = 1;
    private static final int PREFIX = 5;

    private final Probe.Grpc probe;
    private final HttpProbe.Target target;
    private final Consumer<Consumer<ProbeResult>> finish;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private boolean httpOk;

    private GrpcProbe(Probe.Grpc probe, HttpProbe.Target target, Consumer<Consumer<ProbeResult>> finish) {
        this.probe = probe;
        this.target = target;
        this.finish = finish;
    }

    static GrpcProbe of(Probe.Grpc probe, HttpProbe.Target target, Consumer<Consumer<ProbeResult>> finish) {
        return new GrpcProbe(probe, target, finish);
    }

    @Override
    public void send(RequestSender sender) {
        HeaderMap request = new HeaderMap();
        request.add(HeaderNames.METHOD, "POST");
        request.add(HeaderNames.PATH, "/grpc.health.v1.Health/Check");
        request.add(HeaderNames.SCHEME, target.secure() ? "https" : "http");
        request.add(HeaderNames.AUTHORITY, probe.authority().isEmpty() ? target.authority() : probe.authority());
        request.add(HeaderNames.TE, "trailers");
        request.add(HeaderNames.CONTENT_TYPE, "application/grpc");
        request.add(HeaderNames.USER_AGENT, "Envoy/HC");
        HttpProbe.addAll(request, probe.metadata());
        sender.sendHeaders(request, false);
        sender.sendData(Unpooled.wrappedBuffer(message(probe.service())), true);
    }

    /** A length-prefixed HealthCheckRequest: field 1 is the service. */
    private static byte[] message(String service) {
        int size = service.isEmpty() ? 0 : CodedOutputStream.computeStringSize(1, service);
        byte[] bytes = new byte[PREFIX + size];
        bytes[4] = (byte) size;
        bytes[3] = (byte) (size >> 8);
        if (size > 0) {
            CodedOutputStream out = CodedOutputStream.newInstance(bytes, PREFIX, size);
            try {
                out.writeString(1, service);
                out.flush();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return bytes;
    }

    @Override
    public void onInformational(HeaderMap informational) {
        // Only the final answer counts.
    }

    @Override
    public void onHeaders(HeaderMap response, boolean endStream) {
        httpOk = "200".equals(response.get(HeaderNames.STATUS));
        if (endStream) {
            judge(response.get("grpc-status"));
        }
    }

    @Override
    public void onData(ByteBuf data, boolean endStream) {
        body.writeBytes(ByteBufUtil.getBytes(data));
        data.release();
        if (endStream) {
            judge(null);
        }
    }

    @Override
    public void onTrailers(HeaderMap trailers) {
        judge(trailers.get("grpc-status"));
    }

    @Override
    public void onReset(ResetReason reason, String details) {
        finish.accept(ProbeResult::onBroken);
    }

    @Override
    public void onWritabilityChanged(boolean writable) {
        // A probe fits into any buffer.
    }

    private void judge(@Nullable String grpcStatus) {
        boolean healthy = httpOk && "0".equals(grpcStatus) && serving(body.toByteArray());
        finish.accept(healthy ? result -> result.onHealthy(false, false) : result -> result.onUnhealthy(false));
    }

    private static boolean serving(byte[] bytes) {
        if (bytes.length < PREFIX) {
            return false;
        }
        CodedInputStream in = CodedInputStream.newInstance(bytes, PREFIX, bytes.length - PREFIX);
        try {
            int status = 0;
            for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
                if (tag == 8) {
                    status = in.readEnum();
                } else {
                    in.skipField(tag);
                }
            }
            return status == SERVING;
        } catch (IOException e) {
            return false;
        }
    }
}
