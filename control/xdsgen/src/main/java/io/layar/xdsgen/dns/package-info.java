/** The names that a proxy's agent answers itself. */
@NullMarked
package io.layar.xdsgen.dns;

import org.jspecify.annotations.NullMarked;
