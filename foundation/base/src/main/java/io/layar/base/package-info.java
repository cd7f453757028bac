@NullMarked
package io.layar.base;

import org.jspecify.annotations.NullMarked;
