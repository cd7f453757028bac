@NullMarked
package io.layar.cli.mesh;

import org.jspecify.annotations.NullMarked;
