package io.layar.proxy.server;

/** The version that the proxy tells of itself. */
public final class Version {
    private Version() {}

    /** {@code layar/0.1.0-SNAPSHOT/Clean/RELEASE/BoringSSL}, in the five parts that Envoy's has. */
    public static String text() {
        String own = Version.class.getPackage().getImplementationVersion();
        return "layar/" + (own == null ? "0.1.0-SNAPSHOT" : own) + "/Clean/RELEASE/BoringSSL";
    }
}
