@NullMarked
package io.layar.xds.client;

import org.jspecify.annotations.NullMarked;
