/** What a client's build lacks is left out of what it is sent. */
@NullMarked
package io.layar.xdsgen.extensions;

import org.jspecify.annotations.NullMarked;
