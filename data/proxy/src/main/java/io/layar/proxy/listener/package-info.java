/** Listeners: bind, accept, listener filters, filter chain choice, draining. */
@NullMarked
package io.layar.proxy.listener;

import org.jspecify.annotations.NullMarked;
