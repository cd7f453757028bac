/** HTTP values that the engine and the codecs share. */
@NullMarked
package io.layar.proxy.core.http;

import org.jspecify.annotations.NullMarked;
