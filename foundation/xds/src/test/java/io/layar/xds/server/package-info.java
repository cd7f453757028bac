@NullMarked
package io.layar.xds.server;

import org.jspecify.annotations.NullMarked;
