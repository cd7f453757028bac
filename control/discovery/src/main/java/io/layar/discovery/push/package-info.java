/** From a change of the configuration to what each proxy is offered. */
@NullMarked
package io.layar.discovery.push;

import org.jspecify.annotations.NullMarked;
