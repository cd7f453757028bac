@NullMarked
package io.layar.local.workload;

import org.jspecify.annotations.NullMarked;
