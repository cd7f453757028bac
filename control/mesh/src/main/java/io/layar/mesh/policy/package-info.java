/** Authentication, authorization, telemetry and EnvoyFilters, indexed by namespace and workload. */
@NullMarked
package io.layar.mesh.policy;

import org.jspecify.annotations.NullMarked;
