/** Hash functions whose results other proxies must agree with. */
@NullMarked
package io.layar.proxy.core.hash;

import org.jspecify.annotations.NullMarked;
