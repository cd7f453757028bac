@NullMarked
package io.layar.proxy;

import org.jspecify.annotations.NullMarked;
