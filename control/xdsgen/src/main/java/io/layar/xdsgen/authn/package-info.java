/** RequestAuthentications as filters. */
@NullMarked
package io.layar.xdsgen.authn;

import org.jspecify.annotations.NullMarked;
