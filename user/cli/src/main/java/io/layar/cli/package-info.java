@NullMarked
package io.layar.cli;

import org.jspecify.annotations.NullMarked;
