@NullMarked
package io.layar.local.bootstrap;

import org.jspecify.annotations.NullMarked;
