@NullMarked
package io.layar.proxy.core.retry;

import org.jspecify.annotations.NullMarked;
