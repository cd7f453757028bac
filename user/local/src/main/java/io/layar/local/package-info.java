@NullMarked
package io.layar.local;

import org.jspecify.annotations.NullMarked;
