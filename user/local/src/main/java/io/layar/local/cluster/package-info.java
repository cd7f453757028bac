@NullMarked
package io.layar.local.cluster;

import org.jspecify.annotations.NullMarked;
