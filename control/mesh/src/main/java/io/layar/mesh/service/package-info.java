/** Services, their ports and endpoints, and the indexes of them. */
@NullMarked
package io.layar.mesh.service;

import org.jspecify.annotations.NullMarked;
