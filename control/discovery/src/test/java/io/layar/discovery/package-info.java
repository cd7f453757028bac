@NullMarked
package io.layar.discovery;

import org.jspecify.annotations.NullMarked;
