@NullMarked
package io.layar.proxy.core.accesslog;

import org.jspecify.annotations.NullMarked;
