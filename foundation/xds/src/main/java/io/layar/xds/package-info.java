@NullMarked
package io.layar.xds;

import org.jspecify.annotations.NullMarked;
