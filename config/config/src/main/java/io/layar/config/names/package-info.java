/** Words with a syntax: DNS names, labels, addresses, protocols, percentages. */
@NullMarked
package io.layar.config.names;

import org.jspecify.annotations.NullMarked;
