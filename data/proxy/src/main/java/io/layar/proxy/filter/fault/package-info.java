/** Fault injection: delays and aborts. */
@NullMarked
package io.layar.proxy.filter.fault;

import org.jspecify.annotations.NullMarked;
