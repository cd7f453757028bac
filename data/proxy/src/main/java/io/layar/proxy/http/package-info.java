/** The HTTP connection manager: streams, filter chains, and the mutation of requests and responses on their way. */
@NullMarked
package io.layar.proxy.http;

import org.jspecify.annotations.NullMarked;
