package io.layar.proxy.http;

import io.layar.proxy.core.route.RouteTable;

/** Where a connection manager finds routes: its own table, or one that comes over xDS. Thread: any. */
@FunctionalInterface
public interface Routes {
    /** The table as it is now; a stream keeps what it began with. */
    RouteTable current();
}
