/** Filters, connection managers, matches and transport contexts of filter chains. */
@NullMarked
package io.layar.xdsgen.filterchain;

import org.jspecify.annotations.NullMarked;
