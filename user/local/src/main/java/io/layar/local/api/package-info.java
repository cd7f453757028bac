@NullMarked
package io.layar.local.api;

import org.jspecify.annotations.NullMarked;
