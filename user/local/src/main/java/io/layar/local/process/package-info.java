@NullMarked
package io.layar.local.process;

import org.jspecify.annotations.NullMarked;
