/** The facts of one request or connection, as access logs, header formatters and filters read them. */
@NullMarked
package io.layar.proxy.core.stream;

import org.jspecify.annotations.NullMarked;
