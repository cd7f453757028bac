/** Inner loops of the proxy under JMH. */
@NullMarked
package io.layar.bench.loops;

import org.jspecify.annotations.NullMarked;
