@NullMarked
package io.layar.local.pod;

import org.jspecify.annotations.NullMarked;
