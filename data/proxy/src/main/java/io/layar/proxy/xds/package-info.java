/** Dynamic configuration: the aggregated stream, files, and who waits for what of them. Everything runs on the main loop. */
@NullMarked
package io.layar.proxy.xds;

import org.jspecify.annotations.NullMarked;
