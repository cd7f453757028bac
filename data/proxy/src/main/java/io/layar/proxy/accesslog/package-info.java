/** Access logs: which lines are written, in which format, to which file. */
@NullMarked
package io.layar.proxy.accesslog;

import org.jspecify.annotations.NullMarked;
