package io.layar.xds.client;

import com.google.protobuf.Any;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import io.envoyproxy.envoy.service.discovery.v3.Resource;
import java.io.IOException;

/** Names and bodies of packed resources. */
public final class ResourceNames {
    private static final int NAME_TAG = (1 << 3) | WireFormat.WIRETYPE_LENGTH_DELIMITED;
    private static final String WRAPPER = "/envoy.service.discovery.v3.Resource";

    private ResourceNames() {}

    /** An item of a response in which resources may be wrapped and else carry their name themselves. */
    public static Update.Item item(Any body, String version) throws InvalidProtocolBufferException {
        if (body.getTypeUrl().endsWith(WRAPPER)) {
            Resource wrapper = Resource.parseFrom(body.getValue());
            return new Update.Item(wrapper.getName(), version, wrapper.getResource());
        }
        return new Update.Item(nameOf(body), version, body);
    }

    /** The name inside of a resource: for every kind it is the field with the number 1. */
    static String nameOf(Any body) throws InvalidProtocolBufferException {
        CodedInputStream in = body.getValue().newCodedInput();
        try {
            for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
                if (tag == NAME_TAG) {
                    return in.readStringRequireUtf8();
                }
                in.skipField(tag);
            }
            return "";
        } catch (InvalidProtocolBufferException e) {
            throw e;
        } catch (IOException e) {
            throw new InvalidProtocolBufferException(e);
        }
    }
}
