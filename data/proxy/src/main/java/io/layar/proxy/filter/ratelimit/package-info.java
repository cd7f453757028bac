/** Rate limits that this proxy keeps by itself. */
@NullMarked
package io.layar.proxy.filter.ratelimit;

import org.jspecify.annotations.NullMarked;
