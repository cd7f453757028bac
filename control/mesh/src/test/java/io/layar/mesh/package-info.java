@NullMarked
package io.layar.mesh;

import org.jspecify.annotations.NullMarked;
