@NullMarked
package io.layar.xdsgen.envoyfilter;

import org.jspecify.annotations.NullMarked;
