/** The assembled product, driven only through what its users have: the launcher, files, ports. */
@NullMarked
package io.layar.acceptance;

import org.jspecify.annotations.NullMarked;
