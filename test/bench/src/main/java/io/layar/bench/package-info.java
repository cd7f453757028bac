@NullMarked
package io.layar.bench;

import org.jspecify.annotations.NullMarked;
