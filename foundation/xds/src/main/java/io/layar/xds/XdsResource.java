package io.layar.xds;

import com.google.common.hash.Hashing;
import com.google.protobuf.Any;
import com.google.protobuf.Message;
import io.envoyproxy.envoy.service.discovery.v3.Resource;

/**
 * One named resource as it goes over the wire.
 *
 * <p>Shape: {@code version} is a hash of the bytes, so equal content has an equal version on every control plane;
 * {@code wrapped} is the same resource in the envelope of a delta response. Both are made once and shared by all streams.
 * Thread: any (immutable).
 */
public record XdsResource(String name, String version, Any body, Resource wrapped) {

    /** Packs {@code message}, which must serialise deterministically (no map with more than one key order). */
    public static XdsResource of(String name, Message message) {
        return of(
                name,
                Any.newBuilder()
                        .setTypeUrl("type.googleapis.com/"
                                + message.getDescriptorForType().getFullName())
                        .setValue(message.toByteString())
                        .build());
    }

    /** Takes a packed resource; its version is the hash of its bytes. */
    public static XdsResource of(String name, Any body) {
        String version = Long.toHexString(
                Hashing.murmur3_128().hashBytes(body.getValue().toByteArray()).asLong());
        return of(name, version, body);
    }

    /** Takes a packed resource with a version that its owner chose. */
    public static XdsResource of(String name, String version, Any body) {
        return new XdsResource(
                name,
                version,
                body,
                Resource.newBuilder()
                        .setName(name)
                        .setVersion(version)
                        .setResource(body)
                        .build());
    }

    /** What a reconnecting client says it has: a name and a version, without the content. */
    public static XdsResource heldByClient(String name, String version) {
        return new XdsResource(name, version, Any.getDefaultInstance(), Resource.getDefaultInstance());
    }

    /** False for what is only known by name and version. */
    public boolean hasBody() {
        return !body.getTypeUrl().isEmpty();
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || (other instanceof XdsResource that && name.equals(that.name) && version.equals(that.version));
    }

    @Override
    public int hashCode() {
        return name.hashCode() * 31 + version.hashCode();
    }

    @Override
    public String toString() {
        return name + "@" + version;
    }
}
