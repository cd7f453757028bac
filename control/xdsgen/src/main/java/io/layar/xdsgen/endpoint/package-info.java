/** Endpoints: grouped by locality, weighted, ordered by preference, filtered by network. */
@NullMarked
package io.layar.xdsgen.endpoint;

import org.jspecify.annotations.NullMarked;
