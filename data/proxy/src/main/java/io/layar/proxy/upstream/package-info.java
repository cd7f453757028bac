/** Upstream clusters at run time: workers' views, connection pools, discovery by DNS, active health checks. */
@NullMarked
package io.layar.proxy.upstream;

import org.jspecify.annotations.NullMarked;
