/** Network filters: the chain of one downstream connection, and the filters that are no HTTP. */
@NullMarked
package io.layar.proxy.network;

import org.jspecify.annotations.NullMarked;
