@NullMarked
package io.layar.xdsgen.route;

import org.jspecify.annotations.NullMarked;
