/** The gRPC server that runs many sessions at once. */
@NullMarked
package io.layar.xds.server;

import org.jspecify.annotations.NullMarked;
