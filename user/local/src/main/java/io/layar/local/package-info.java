/**
 * A mesh on this machine: a folder of YAML becomes pods (processes), each with its proxy, and a control plane.
 *
 * <p>{@code workload} says which pods there should be (pure), {@code network} where they live, {@code process} and {@code pod}
 * run them, {@code cluster} tells the control plane of them, {@code api} lets the command line talk to a running mesh.
 */
@NullMarked
package io.layar.local;

import org.jspecify.annotations.NullMarked;
