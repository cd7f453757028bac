/** Values that every room shares: positions, problems, host names, address ranges, revisions, clocks. */
@NullMarked
package io.layar.base;

import org.jspecify.annotations.NullMarked;
