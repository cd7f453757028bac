/** The control plane daemon: wiring of sources, push loop, xDS server, debug pages and metrics. */
@NullMarked
package io.layar.discovery;

import org.jspecify.annotations.NullMarked;
