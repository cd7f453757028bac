/** The discovery command: flags, environment, and the start of the daemon. */
@NullMarked
package io.layar.discovery.cli;

import org.jspecify.annotations.NullMarked;
