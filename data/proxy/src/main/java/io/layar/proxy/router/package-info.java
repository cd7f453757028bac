/** The router: the last filter of a chain, which sends a request to its cluster and brings the answer back. */
@NullMarked
package io.layar.proxy.router;

import org.jspecify.annotations.NullMarked;
