@NullMarked
package io.layar.proxy.core.stream;

import org.jspecify.annotations.NullMarked;
