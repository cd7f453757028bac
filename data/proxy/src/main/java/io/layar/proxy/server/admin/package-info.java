/** The admin interface: paths and formats of Envoy. */
@NullMarked
package io.layar.proxy.server.admin;

import org.jspecify.annotations.NullMarked;
