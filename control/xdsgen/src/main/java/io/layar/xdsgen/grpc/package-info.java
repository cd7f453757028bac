/** Resources for gRPC's own xDS client: programs that are in the mesh without a proxy beside them. */
@NullMarked
package io.layar.xdsgen.grpc;

import org.jspecify.annotations.NullMarked;
