/** What a proxy may see: Sidecar resources, imports and exports. */
@NullMarked
package io.layar.mesh.scope;

import org.jspecify.annotations.NullMarked;
