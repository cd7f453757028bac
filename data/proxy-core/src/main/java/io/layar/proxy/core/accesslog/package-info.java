/** Command operators compiled into writers, text and JSON formats, access log filters. */
@NullMarked
package io.layar.proxy.core.accesslog;

import org.jspecify.annotations.NullMarked;
