package io.layar.xds.session;

import com.google.common.collect.ImmutableSet;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import com.google.rpc.Status;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A state-of-the-world request whose names are left undecoded.
 *
 * <p>Every acknowledgement repeats all names that the client wants, a thousand and more; comparing their bytes with those of the
 * request before is all that most of them need. Shape: {@code names} is the part of the message that holds them. Thread: any
 * (immutable).
 */
public record SotwRequest(
        String typeUrl, String nonce, Node node, Status error, boolean refusal, ByteBuffer names, int nameCount) {
    private static final int NODE = tag(DiscoveryRequest.NODE_FIELD_NUMBER);
    private static final int NAMES = tag(DiscoveryRequest.RESOURCE_NAMES_FIELD_NUMBER);
    private static final int TYPE = tag(DiscoveryRequest.TYPE_URL_FIELD_NUMBER);
    private static final int NONCE = tag(DiscoveryRequest.RESPONSE_NONCE_FIELD_NUMBER);
    private static final int ERROR = tag(DiscoveryRequest.ERROR_DETAIL_FIELD_NUMBER);

    private static int tag(int field) {
        return (field << 3) | WireFormat.WIRETYPE_LENGTH_DELIMITED;
    }

    public static SotwRequest of(DiscoveryRequest request) {
        try {
            return parse(request.toByteArray());
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Reads a serialised {@link DiscoveryRequest}. */
    public static SotwRequest parse(byte[] bytes) throws InvalidProtocolBufferException {
        Reader reader = new Reader(bytes);
        try {
            reader.read();
        } catch (InvalidProtocolBufferException e) {
            throw e;
        } catch (IOException e) {
            throw new InvalidProtocolBufferException(e);
        }
        return reader.result();
    }

    public SotwRequest withTypeUrl(String other) {
        return new SotwRequest(other, nonce, node, error, refusal, names, nameCount);
    }

    /** The names in their order, without repetition. */
    ImmutableSet<String> decodedNames() {
        ImmutableSet.Builder<String> decoded = ImmutableSet.builderWithExpectedSize(nameCount);
        CodedInputStream in = CodedInputStream.newInstance(names);
        try {
            for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
                if (tag == NAMES) {
                    decoded.add(in.readStringRequireUtf8());
                } else {
                    in.skipField(tag);
                }
            }
        } catch (IOException e) {
            throw io.grpc.Status.INVALID_ARGUMENT
                    .withDescription("resource_names: " + e.getMessage())
                    .asRuntimeException();
        }
        return decoded.build();
    }

    /** One pass over a message. */
    private static final class Reader {
        private final byte[] bytes;
        private String typeUrl = "";
        private String nonce = "";
        private Node node = Node.getDefaultInstance();
        private Status error = Status.getDefaultInstance();
        private boolean refusal;
        private int namesStart;
        private int namesEnd;
        private int nameCount;

        private Reader(byte[] bytes) {
            this.bytes = bytes;
        }

        private void read() throws IOException {
            CodedInputStream in = CodedInputStream.newInstance(bytes);
            int start = 0;
            for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
                if (tag == NODE) {
                    node = Node.parseFrom(in.readBytes());
                } else if (tag == NAMES) {
                    if (nameCount++ == 0) {
                        namesStart = start;
                    }
                    in.skipField(tag);
                    namesEnd = in.getTotalBytesRead();
                } else if (tag == TYPE) {
                    typeUrl = in.readStringRequireUtf8();
                } else if (tag == NONCE) {
                    nonce = in.readStringRequireUtf8();
                } else if (tag == ERROR) {
                    error = Status.parseFrom(in.readBytes());
                    refusal = true;
                } else {
                    in.skipField(tag);
                }
                start = in.getTotalBytesRead();
            }
        }

        private SotwRequest result() {
            ByteBuffer names = ByteBuffer.wrap(bytes, namesStart, namesEnd - namesStart)
                    .slice()
                    .asReadOnlyBuffer();
            return new SotwRequest(typeUrl, nonce, node, error, refusal, names, nameCount);
        }
    }
}
