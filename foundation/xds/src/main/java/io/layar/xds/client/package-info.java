/** The client's side: pure state machines, and the gRPC client that keeps a stream alive. */
@NullMarked
package io.layar.xds.client;

import org.jspecify.annotations.NullMarked;
