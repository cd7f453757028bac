@NullMarked
package io.layar.xdsgen.authz;

import org.jspecify.annotations.NullMarked;
