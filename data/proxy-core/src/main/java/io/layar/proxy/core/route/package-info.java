/** The route table: from a RouteConfiguration to the route of a request, and what the route does to headers. */
@NullMarked
package io.layar.proxy.core.route;

import org.jspecify.annotations.NullMarked;
