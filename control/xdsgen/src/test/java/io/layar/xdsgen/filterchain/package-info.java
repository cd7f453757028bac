@NullMarked
package io.layar.xdsgen.filterchain;

import org.jspecify.annotations.NullMarked;
