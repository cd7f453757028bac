@NullMarked
package io.layar.xds.session;

import org.jspecify.annotations.NullMarked;
