@NullMarked
package io.layar.xdsgen.translate;

import org.jspecify.annotations.NullMarked;
