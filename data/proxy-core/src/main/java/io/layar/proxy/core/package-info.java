@NullMarked
package io.layar.proxy.core;

import org.jspecify.annotations.NullMarked;
