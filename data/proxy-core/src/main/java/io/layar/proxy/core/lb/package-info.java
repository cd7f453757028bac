/** Load balancing: from the hosts of a cluster and the wishes of a request to one host. */
@NullMarked
package io.layar.proxy.core.lb;

import org.jspecify.annotations.NullMarked;
