/** What every compilation of a proto into runtime types shares. */
@NullMarked
package io.layar.proxy.core.config;

import org.jspecify.annotations.NullMarked;
