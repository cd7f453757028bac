/** The xDS protocol, ignorant of meshes: what a resource, a subscription and a difference are. */
@NullMarked
package io.layar.xds;

import org.jspecify.annotations.NullMarked;
