@NullMarked
package io.layar.xdsgen.envoy;

import org.jspecify.annotations.NullMarked;
