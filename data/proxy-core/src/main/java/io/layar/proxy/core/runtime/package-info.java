/** Runtime values: layered keys that change behaviour without a new configuration. */
@NullMarked
package io.layar.proxy.core.runtime;

import org.jspecify.annotations.NullMarked;
