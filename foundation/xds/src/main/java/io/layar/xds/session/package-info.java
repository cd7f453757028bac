/** The server's side of one stream as pure state machines: state of the world and delta. */
@NullMarked
package io.layar.xds.session;

import org.jspecify.annotations.NullMarked;
