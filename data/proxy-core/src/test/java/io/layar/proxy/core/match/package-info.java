@NullMarked
package io.layar.proxy.core.match;

import org.jspecify.annotations.NullMarked;
