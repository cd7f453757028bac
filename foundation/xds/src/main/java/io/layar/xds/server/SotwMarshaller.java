package io.layar.xds.server;

import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.layar.xds.session.SotwRequest;
import java.io.IOException;
import java.io.InputStream;

/** Reads state-of-the-world requests without decoding their names. */
final class SotwMarshaller implements MethodDescriptor.Marshaller<SotwRequest> {
    static final SotwMarshaller REQUEST = new SotwMarshaller();

    private SotwMarshaller() {}

    @Override
    public InputStream stream(SotwRequest value) {
        throw new UnsupportedOperationException("a server sends no requests");
    }

    @Override
    public SotwRequest parse(InputStream stream) {
        try {
            return SotwRequest.parse(stream.readAllBytes());
        } catch (InvalidProtocolBufferException e) {
            throw Status.INTERNAL
                    .withDescription("Invalid protobuf byte sequence")
                    .withCause(e)
                    .asRuntimeException();
        } catch (IOException e) {
            throw Status.CANCELLED.withCause(e).asRuntimeException();
        }
    }
}
