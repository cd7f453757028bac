/** Answers health checks of load balancers before us. */
@NullMarked
package io.layar.proxy.filter.healthcheck;

import org.jspecify.annotations.NullMarked;
