package io.layar.proxy.core.stream;

/** What logs and filters may know of the chosen route without knowing routing. */
public interface RouteFacts {
    /** The route's name, empty when it has none. */
    String routeName();

    String virtualHostName();

    Metadata metadata();

    Metadata virtualHostMetadata();

    /** stat_prefix, or empty. */
    String statPrefix();
}
