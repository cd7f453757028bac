/** Kubernetes and ServiceEntry objects made into services and endpoints. */
@NullMarked
package io.layar.mesh.kube;

import org.jspecify.annotations.NullMarked;
