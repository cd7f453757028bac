/** Network filters that are no HTTP: echo, direct response, TCP proxy, limits, RBAC. */
@NullMarked
package io.layar.proxy.network.filter;

import org.jspecify.annotations.NullMarked;
