@NullMarked
package io.layar.proxy.xds;

import org.jspecify.annotations.NullMarked;
