/** The pages of the debug and monitoring ports. */
@NullMarked
package io.layar.discovery.debug;

import org.jspecify.annotations.NullMarked;
