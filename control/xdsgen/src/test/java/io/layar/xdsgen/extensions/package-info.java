@NullMarked
package io.layar.xdsgen.extensions;

import org.jspecify.annotations.NullMarked;
