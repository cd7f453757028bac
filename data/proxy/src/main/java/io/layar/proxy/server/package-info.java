/** The process: flags, bootstrap, workers, admin interface, shutdown. */
@NullMarked
package io.layar.proxy.server;

import org.jspecify.annotations.NullMarked;
