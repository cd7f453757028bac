/** AuthorizationPolicies as filters: rules that Envoy checks itself, and calls to external authorizers. */
@NullMarked
package io.layar.xdsgen.authz;

import org.jspecify.annotations.NullMarked;
