/** Istio's networking kinds: traffic routing, policies, gateways, service entries, scopes and patches. */
@NullMarked
package io.layar.config.networking;

import org.jspecify.annotations.NullMarked;
