@NullMarked
package io.layar.sources;

import org.jspecify.annotations.NullMarked;
