@NullMarked
package io.layar.proxy.core.route;

import org.jspecify.annotations.NullMarked;
