/** What every generator needs of Envoy's API: packing, addresses, secrets, types by name. */
@NullMarked
package io.layar.xdsgen.envoy;

import org.jspecify.annotations.NullMarked;
