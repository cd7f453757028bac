/** Resources of Istio and Kubernetes: kinds, objects, sets and deltas of them, and the way in from text. */
@NullMarked
package io.layar.config;

import org.jspecify.annotations.NullMarked;
