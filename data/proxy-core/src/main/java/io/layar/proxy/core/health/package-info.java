/** Active health checks: configuration and the state of one checked host. */
@NullMarked
package io.layar.proxy.core.health;

import org.jspecify.annotations.NullMarked;
