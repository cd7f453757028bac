/** Route configurations of sidecars, and the translation of VirtualService routes. */
@NullMarked
package io.layar.xdsgen.route;

import org.jspecify.annotations.NullMarked;
