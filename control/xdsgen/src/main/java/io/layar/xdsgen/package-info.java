@NullMarked
package io.layar.xdsgen;

import org.jspecify.annotations.NullMarked;
