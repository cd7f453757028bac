/** Workers: one event loop each, with cheap timers and state of its own. */
@NullMarked
package io.layar.proxy.worker;

import org.jspecify.annotations.NullMarked;
