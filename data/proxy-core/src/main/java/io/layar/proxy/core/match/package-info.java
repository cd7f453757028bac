/** Matchers: filter chains, strings, headers. */
@NullMarked
package io.layar.proxy.core.match;

import org.jspecify.annotations.NullMarked;
