@NullMarked
package io.layar.capture;

import org.jspecify.annotations.NullMarked;
